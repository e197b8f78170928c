// Where each step of the history was: how far it was scrolled, and which link had the focus, so that Back comes back
// to the line one was at, with the keys too.
export function keepPlace(key) {
  try {
    const href = document.activeElement?.closest?.('a[href]')?.getAttribute('href') || null;
    sessionStorage.setItem(`runut.place.${key}`, JSON.stringify({ y: Math.round(scrollY), href }));
  } catch { /* then Back begins at the top */ }
}

export function placeOf(key) {
  try {
    const { y, href } = JSON.parse(sessionStorage.getItem(`runut.place.${key}`));
    return { y: Number(y) || 0, href };
  } catch {
    return { y: 0, href: null };
  }
}
