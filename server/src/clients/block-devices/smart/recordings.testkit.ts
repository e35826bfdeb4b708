/** Output of `smartctl -j -H -A` (7.3), shortened to the rows that matter and those that could be mistaken for them. */

const head = (exitStatus: number, device: object, messages: readonly string[] = []) => ({
  json_format_version: [1, 0],
  smartctl: {
    version: [7, 3],
    svn_revision: '5338',
    platform_info: 'x86_64-linux-6.1.0-25-amd64',
    build_info: '(local build)',
    argv: ['smartctl', '-j', '-H', '-A', '/dev/sdb'],
    ...(messages.length > 0
      ? { messages: messages.map((text) => ({ string: text, severity: 'error' })) }
      : {}),
    exit_status: exitStatus,
  },
  local_time: { time_t: 1795000000, asctime: 'Wed Nov 18 11:06:40 2026 UTC' },
  ...device,
})

const SATA = { device: { name: '/dev/sdb', info_name: '/dev/sdb [SAT]', type: 'sat', protocol: 'ATA' } }

const row = (
  id: number,
  name: string,
  value: number,
  raw: number,
  whenFailed = '',
  rawText = String(raw),
) => ({
  id,
  name,
  value,
  worst: value,
  thresh: id === 5 ? 10 : 0,
  when_failed: whenFailed,
  flags: { value: 51, string: 'PO--CK ', prefailure: id === 5, updated_online: true },
  raw: { value: raw, string: rawText },
})

export const HEALTHY_DISK = JSON.stringify({
  ...head(0, SATA),
  smart_status: { passed: true },
  ata_smart_attributes: {
    revision: 16,
    table: [
      row(1, 'Raw_Read_Error_Rate', 83, 199781349),
      row(5, 'Reallocated_Sector_Ct', 100, 0),
      row(9, 'Power_On_Hours', 98, 2214),
      row(190, 'Airflow_Temperature_Cel', 64, 36, '', '36 (Min/Max 30/48)'),
      row(194, 'Temperature_Celsius', 36, 227633266724, '', '36 (0 3 0 0 0)'),
      row(196, 'Reallocated_Event_Count', 100, 7),
      row(197, 'Current_Pending_Sector', 100, 0),
      row(198, 'Offline_Uncorrectable', 100, 0),
      row(199, 'UDMA_CRC_Error_Count', 200, 12),
    ],
  },
  power_on_time: { hours: 2214 },
  power_cycle_count: 187,
  temperature: { current: 36 },
})

/** Exit status: the disk fails (8) and an attribute is below its threshold (16). */
export const FAILING_DISK = JSON.stringify({
  ...head(24, SATA),
  smart_status: { passed: false },
  ata_smart_attributes: {
    revision: 10,
    table: [
      row(5, 'Reallocated_Sector_Ct', 3, 3987, 'now'),
      row(197, 'Current_Pending_Sector', 97, 512),
      row(198, 'Offline_Uncorrectable', 97, 488),
    ],
  },
  power_on_time: { hours: 43011 },
  temperature: { current: 51 },
})

export const WORN_SSD = JSON.stringify({
  ...head(0, SATA),
  smart_status: { passed: true },
  ata_smart_attributes: {
    revision: 1,
    table: [row(5, 'Reallocated_Sector_Ct', 100, 0), row(177, 'Wear_Leveling_Count', 79, 412)],
  },
  power_on_time: { hours: 18233, minutes: 12 },
  temperature: { current: 33 },
})

export const NVME = JSON.stringify({
  ...head(0, { device: { name: '/dev/nvme0n1', info_name: '/dev/nvme0n1', type: 'nvme', protocol: 'NVMe' } }),
  smart_status: { passed: true, nvme: { value: 0 } },
  nvme_smart_health_information_log: {
    critical_warning: 0,
    temperature: 41,
    available_spare: 100,
    available_spare_threshold: 10,
    percentage_used: 3,
    data_units_read: 40282013,
    data_units_written: 61130245,
    power_on_hours: 9120,
    unsafe_shutdowns: 44,
    media_errors: 2,
    num_err_log_entries: 118,
    temperature_sensors: [41, 47],
  },
  temperature: { current: 41 },
  power_cycle_count: 320,
  power_on_time: { hours: 9120 },
})

export const SAS_DISK = JSON.stringify({
  ...head(0, { device: { name: '/dev/sdb', info_name: '/dev/sdb', type: 'scsi', protocol: 'SCSI' } }),
  smart_status: { passed: true },
  temperature: { current: 29, drive_trip: 65 },
  power_on_time: { hours: 30211, minutes: 41 },
  scsi_grown_defect_list: 4,
})

export const UNKNOWN_BRIDGE = JSON.stringify(
  head(1, {}, [
    '/dev/sdb: Unknown USB bridge [0x46f4:0x0001 (0x100)]',
    'Please specify device type with the -d option.',
  ]),
)

/** A stick behind a known bridge: it answers, but has no SMART. */
export const NO_SMART = JSON.stringify(head(4, SATA, ['Device does not support SMART']))
