import { copyFile } from 'node:fs/promises'
import { test } from 'vitest'
import { BareDisk } from '../../lab/bare-disk.ts'
import { LiveDebian, put } from './live-debian.testkit.ts'
test('x', async () => {
  await using disk = await BareDisk.create({ type: 'ext4' })
  await using debian = await LiveDebian.create({ seesDisks: true })
  await debian.runOnline('apt-get', 'update')
  await debian.runOnline('apt-get', 'install', '--yes', '--no-install-recommends', 'udev')
  await put(debian, 'etc/udev/rules.d/80-holdfast-bay.rules', 'KERNEL=="loop*", ENV{HOLDFAST_BAY}="1"\n')
  await copyFile('deploy/udev/90-holdfast-disk.rules', debian.path('lib/udev/rules.d/90-holdfast-disk.rules'))
  await put(debian, 'etc/systemd/system/holdfast-disk@.service', '[Unit]\nBindsTo=%i.device\nAfter=%i.device\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/echo hello\n')
  await debian.cutPower(async () => {})
  await disk.unplug()
  await disk.plugIn()
  await debian.boot()
  await new Promise((resolve) => setTimeout(resolve, 3000))
  console.log(await debian.run('sh', '-c', `udevadm info ${disk.device}; systemctl list-units --no-pager 'holdfast*' --all; systemctl status --no-pager systemd-udevd systemd-udev-trigger; journalctl -b -o short-precise --no-pager | grep -i "udev\\|loop\\|Reached\\|holdf"; systemctl list-jobs; systemctl show sys-devices-virtual-block-${disk.device.slice(5)}.device | grep -i "wants\\|state\\|stamp"`).catch((e) => String(e.stdout)))
}, 200000)
