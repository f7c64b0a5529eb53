/** A line drawn on the page: `at` is its height (or distance from the left), `from` and `to` its ends. */
export interface Ruling {
  at: number;
  from: number;
  to: number;
}

export interface Rulings {
  across: Ruling[];
  down: Ruling[];
}

export type Matrix = readonly [number, number, number, number, number, number];

export interface Operators {
  fnArray: number[];
  argsArray: unknown[];
}

/** Codes of the operators that matter, as PDF.js numbers them. */
export interface OperatorCodes {
  save: number;
  restore: number;
  transform: number;
  constructPath: number;
  paintFormXObjectBegin: number;
  paintFormXObjectEnd: number;
  stroke: number;
  closeStroke: number;
  fill: number;
  eoFill: number;
  fillStroke: number;
  eoFillStroke: number;
}

/** Commands inside a path, each followed by its coordinates. */
const pathCoordinates = [2, 2, 6, 4, 0];
const [moveTo, lineTo, closePath] = [0, 1, 4];
/** A filled box as thin as this is a line. */
const thin = 2.5;
const shortest = 4;
const mostRulings = 20_000;

const multiply = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

const isMatrix = (value: unknown): value is Matrix =>
  Array.isArray(value) && value.length === 6 && value.every((entry) => typeof entry === 'number');

/** The straight lines that a page draws, however it draws them: strokes, boxes, thin filled boxes. */
export function rulingsOf(operators: Operators, codes: OperatorCodes, viewport: Matrix): Rulings {
  const rulings: Rulings = { across: [], down: [] };
  const saved: Matrix[] = [];
  let matrix = viewport;
  operators.fnArray.forEach((code, order) => {
    const args = operators.argsArray[order];
    if (code === codes.save) saved.push(matrix);
    else if (code === codes.restore || code === codes.paintFormXObjectEnd) matrix = saved.pop() ?? viewport;
    else if (code === codes.transform && isMatrix(args)) matrix = multiply(matrix, args);
    else if (code === codes.paintFormXObjectBegin) {
      saved.push(matrix);
      const own = Array.isArray(args) ? args[0] : null;
      if (isMatrix(own)) matrix = multiply(matrix, own);
    } else if (code === codes.constructPath && Array.isArray(args)) {
      const strokes = args[0] === codes.stroke || args[0] === codes.closeStroke;
      const fills = [codes.fill, codes.eoFill, codes.fillStroke, codes.eoFillStroke].includes(args[0]);
      const path: unknown = Array.isArray(args[1]) ? args[1][0] : null;
      if (path instanceof Float32Array && (strokes || fills)) addPath(rulings, path, matrix, fills);
    }
  });
  return rulings;
}

type Point = [number, number];

function addPath(rulings: Rulings, path: Float32Array, matrix: Matrix, fills: boolean): void {
  const place = (x: number, y: number): Point => [
    matrix[0] * x + matrix[2] * y + matrix[4],
    matrix[1] * x + matrix[3] * y + matrix[5],
  ];
  let start: Point = [0, 0];
  let last: Point = [0, 0];
  let box: Point[] = [];
  for (let at = 0; at < path.length; ) {
    const command = path[at] ?? closePath;
    const count = pathCoordinates[command] ?? 0;
    const point = count === 0 ? start : place(path[at + count - 1] ?? 0, path[at + count] ?? 0);
    if (command === moveTo) {
      if (fills) addBox(rulings, box);
      start = point;
      box = [point];
    } else {
      if (command === lineTo || command === closePath) addSegment(rulings, last, point, fills);
      box.push(point);
    }
    last = point;
    at += 1 + count;
  }
  if (fills) addBox(rulings, box);
}

function addSegment(rulings: Rulings, [x1, y1]: Point, [x2, y2]: Point, filled: boolean): void {
  if (filled || rulings.across.length + rulings.down.length > mostRulings) return;
  if (Math.abs(y1 - y2) < 1 && Math.abs(x1 - x2) >= shortest) {
    rulings.across.push({ at: (y1 + y2) / 2, from: Math.min(x1, x2), to: Math.max(x1, x2) });
  } else if (Math.abs(x1 - x2) < 1 && Math.abs(y1 - y2) >= shortest) {
    rulings.down.push({ at: (x1 + x2) / 2, from: Math.min(y1, y2), to: Math.max(y1, y2) });
  }
}

function addBox(rulings: Rulings, points: Point[]): void {
  if (points.length < 4) return;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const middle: [Point, Point] | null =
    bottom - top <= thin
      ? [
          [left, (top + bottom) / 2],
          [right, (top + bottom) / 2],
        ]
      : right - left <= thin
        ? [
            [(left + right) / 2, top],
            [(left + right) / 2, bottom],
          ]
        : null;
  if (middle) addSegment(rulings, ...middle, false);
}
