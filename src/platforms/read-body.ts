/**
 * The raw bytes of a request, or `null` when there are more than `mostBytes`. Of a body that declares its length, which
 * Node holds it to, no web stream is made.
 */
export async function readBody(request: Request, mostBytes: number): Promise<Buffer | null> {
  const declared = request.headers.get('content-length');
  if (Number(declared ?? 0) > mostBytes) return null;
  if (declared !== null && !request.headers.has('transfer-encoding')) return Buffer.from(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
