// Files dropped anywhere on the page. (Filled by the view Add.)
export function startDrops() {}
export function UploadLine() { return null; }
