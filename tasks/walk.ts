/** Every file at or below `place`, in no order; none where there is nothing. */
export async function walk(place: URL): Promise<URL[]> {
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(place));
  } catch (error) {
    if (error instanceof Deno.errors.NotADirectory) return [place];
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  const inside = entries.map(({ name }) => walk(new URL(encodeURIComponent(name), `${place}/`)));
  return (await Promise.all(inside)).flat();
}
