/** Places that hold restore points. */
export const vaults = {
  title: 'Vaults',
  lead: 'Where restore points are kept, and how long there is room.',
  new: 'New vault',
  emptyTitle: 'No vault yet',
  emptyHint: 'A vault is a place of Holdfast’s own for restore points, such as a directory on a disk.',
  kind: 'Kind',
  path: 'Path',
  points: 'Restore points',
  size: 'Size',
  free: 'Free',
  forecast: 'Forecast',
  unreachable: 'Unknown: it cannot be reached',
} as const
