/** Pictures on the clipboard, where the browser can. */

/** Whether this browser can copy pictures. */
export function canCopyImages(): boolean {
  return typeof ClipboardItem === "function" && typeof navigator.clipboard?.write === "function";
}

/**
 * Copies a picture, as PNG: the one format every browser takes (Clipboard API, section 6.1). Call it
 * in a tap. False: the browser did not want to.
 */
export async function copyImage(image: Blob): Promise<boolean> {
  try {
    // Safari takes the tap for over unless it is handed the promise.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png(image) })]);
    return true;
  } catch {
    return false;
  }
}

async function png(image: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(image);
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => blob === null ? reject(new Error("no picture")) : resolve(blob))
  );
}
