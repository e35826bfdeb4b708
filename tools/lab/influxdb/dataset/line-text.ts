/** Names and texts as line protocol has them; written for the lab, apart from the product's own. */
export function escapeMeasurement(name: string): string {
  return name.replace(/[, ]/g, '\\$&')
}

/** Of tag keys, tag values and field keys. */
export function escapeKey(name: string): string {
  return name.replace(/[, =]/g, '\\$&')
}

export function stringValue(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
