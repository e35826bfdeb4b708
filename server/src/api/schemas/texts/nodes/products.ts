/** Names that are the same in every language. */
export const PRODUCTS = {
  'influxdb-1': 'InfluxDB 1.x',
  'influxdb-2': 'InfluxDB 2.x',
  'influxdb-3': 'InfluxDB 3.x',
  'victoria-metrics': 'VictoriaMetrics',
}
