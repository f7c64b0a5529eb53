import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** pbbp2.Frame, which the platform's SDKs speak over the long connection. */
export interface Frame {
  seqId: bigint;
  logId: bigint;
  service: number;
  method: number;
  headers: [key: string, value: string][];
  payload: Uint8Array;
}

export const method = { control: 0, data: 1 } as const;

const field = { seqId: 1, logId: 2, service: 3, method: 4, header: 5, payload: 8 } as const;

/** Throws for bytes that are no frame. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const frame: Frame = { seqId: 0n, logId: 0n, service: 0, method: 0, headers: [], payload: new Uint8Array() };
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if (number === field.seqId && wireType === WireType.Varint) frame.seqId = BigInt(reader.uint64());
    else if (number === field.logId && wireType === WireType.Varint) frame.logId = BigInt(reader.uint64());
    else if (number === field.service && wireType === WireType.Varint) frame.service = reader.int32();
    else if (number === field.method && wireType === WireType.Varint) frame.method = reader.int32();
    else if (number === field.header && wireType === WireType.LengthDelimited)
      frame.headers.push(decodeHeader(reader.bytes()));
    else if (number === field.payload && wireType === WireType.LengthDelimited) frame.payload = reader.bytes();
    else reader.skip(wireType, number);
  }
  return frame;
}

function decodeHeader(bytes: Uint8Array): [string, string] {
  const header: [string, string] = ['', ''];
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if ((number === 1 || number === 2) && wireType === WireType.LengthDelimited) header[number - 1] = reader.string();
    else reader.skip(wireType, number);
  }
  return header;
}

export function encodeFrame(frame: Frame): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(field.seqId, WireType.Varint).uint64(frame.seqId);
  writer.tag(field.logId, WireType.Varint).uint64(frame.logId);
  writer.tag(field.service, WireType.Varint).int32(frame.service);
  writer.tag(field.method, WireType.Varint).int32(frame.method);
  for (const [key, value] of frame.headers) {
    writer.tag(field.header, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(key);
    writer.tag(2, WireType.LengthDelimited).string(value);
    writer.join();
  }
  writer.tag(field.payload, WireType.LengthDelimited).bytes(frame.payload);
  return writer.finish();
}

export function headerOf(frame: Frame, key: string): string {
  return frame.headers.find(([name]) => name === key)?.[1] ?? '';
}
