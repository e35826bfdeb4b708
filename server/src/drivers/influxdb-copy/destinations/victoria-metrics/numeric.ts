/** Whether VictoriaMetrics can keep any value of a field that has these types. */
export function isNumeric(types: readonly string[]): boolean {
  return types.some((type) => type !== 'string')
}
