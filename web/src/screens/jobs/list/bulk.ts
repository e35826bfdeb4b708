/** What became of one of many. */
export interface BulkResult<T> {
  row: T
  error: unknown
}

/** One after the other, so that a long list does not fall upon the server at once; one that fails stops no other. */
export async function doEach<T>(
  rows: readonly T[],
  work: (row: T) => Promise<unknown>,
  onResult: (result: BulkResult<T>) => void,
): Promise<void> {
  for (const row of rows) {
    let error: unknown = null
    try {
      await work(row)
    } catch (thrown) {
      error = thrown
    }
    onResult({ row, error })
  }
}
