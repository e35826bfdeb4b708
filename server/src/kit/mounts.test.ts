import { expect, test } from 'vitest'
import { namesOf, overlap, parseMounts } from './mounts.ts'

const MOUNTS = parseMounts(
  [
    '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw',
    '28 27 8:1 / /mnt/disk rw - ext4 /dev/sda1 rw',
    '29 27 8:1 / /srv/second rw - ext4 /dev/sda1 rw',
    '30 27 8:1 /vault/job /srv/bound rw - ext4 /dev/sda1 rw',
    '31 27 254:0 /data/a\\040b /srv/deep/x rw - ext4 /dev/vda ro',
  ].join('\n'),
)

test('a line of mountinfo gives file system, folder and mount point', () => {
  expect(MOUNTS[4]).toMatchObject({
    device: '254:0',
    root: '/data/a b',
    mountPoint: '/srv/deep/x',
    readOnly: true,
  })
})

test.each([
  ['/srv/a', '/srv/a/b', true],
  ['/srv/a', '/srv/ab', false],
  ['/srv/second/vault/new', '/mnt/disk/vault', true],
  ['/srv/bound/x', '/mnt/disk/vault', true],
  ['/srv/bound/x', '/srv/second/vault/job', true],
  ['/srv/bound', '/mnt/disk/other', false],
  ['/srv/deep', '/data/a b/c', true],
  ['/srv/deep/y', '/data/a b', false],
  ['/srv/second', '/mnt/disk/vault', true],
])('%s and %s overlap: %s', (a, b, expected) => {
  expect(overlap(a, b, MOUNTS)).toBe(expected)
  expect(overlap(b, a, MOUNTS)).toBe(expected)
})

test('a folder has a name for every mount that shows it', () => {
  expect(namesOf('/srv/bound/x', MOUNTS)).toEqual([
    '/srv/bound/x',
    '/mnt/disk/vault/job/x',
    '/srv/second/vault/job/x',
  ])
  expect(namesOf('/srv/other', MOUNTS)).toEqual(['/srv/other'])
})
