/** Managed systems. */
export const nodes = {
  title: 'Nodes',
  lead: 'The systems that jobs work on.',
  new: 'New node',
  emptyTitle: 'No node yet',
  emptyHint: 'A node is a system that Holdfast protects. Jobs say which one they work on.',
  kind: 'Kind',
  address: 'Address',
  remark: 'Description',
  parallel: 'Runs at the same time',
  changed: 'Changed',
  jobs: 'Jobs of this node',
} as const
