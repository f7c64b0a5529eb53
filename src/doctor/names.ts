const most = 5;

/** 县水利局、县住建局等7个 */
export function firstNames(names: string[], counter: string): string {
  const shown = names.slice(0, most).join('、');
  return names.length <= most ? shown : `${shown}等${names.length}${counter}`;
}
