// Where each step of the history was scrolled to, so that Back comes back to the line one was at.
export function keepPlace(key) {
  try {
    sessionStorage.setItem(`runut.place.${key}`, String(Math.round(scrollY)));
  } catch { /* then Back begins at the top */ }
}

export function placeOf(key) {
  try {
    return Number(sessionStorage.getItem(`runut.place.${key}`)) || 0;
  } catch {
    return 0;
  }
}
