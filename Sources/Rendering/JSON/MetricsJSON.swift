import BundleFormat
import NodeState

/// The host's figures as the assessment's member `metrics`. Every key ends in its unit.
struct MetricsJSON {
  let metrics: NodeMetrics

  init(_ metrics: NodeMetrics) { self.metrics = metrics }

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("uptimeSeconds", metrics.uptimeSeconds)
    json.member("bootedAt", metrics.bootedAt?.description)
    json.member("load1Minute", metrics.load1, decimals: 2)
    json.member("load5Minutes", metrics.load5, decimals: 2)
    json.member("load15Minutes", metrics.load15, decimals: 2)
    json.member("cpuPressurePercent", metrics.cpuPressurePercent, decimals: 2)
    json.member("memoryPressurePercent", metrics.memoryPressurePercent, decimals: 2)
    json.member("ioPressurePercent", metrics.ioPressurePercent, decimals: 2)
    json.member("cpuModel", metrics.cpuModel)
    json.member("cpuCount", metrics.cpuCount)
    json.member("cpuPercent", metrics.cpuPercent, decimals: 1)
    json.member("memoryTotalBytes", metrics.memoryTotalBytes)
    json.member("memoryUsedBytes", metrics.memoryUsedBytes)
    json.member("memoryPercent", metrics.memoryPercent, decimals: 1)
    json.member("swapTotalBytes", metrics.swapTotalBytes)
    json.member("swapUsedBytes", metrics.swapUsedBytes)
    json.member("networkReceiveBytesPerSecond", metrics.networkReceiveBytesPerSecond)
    json.member("networkTransmitBytesPerSecond", metrics.networkTransmitBytesPerSecond)
    json.member("rootFilesystemTotalBytes", metrics.rootFilesystemTotalBytes)
    json.member("rootFilesystemUsedBytes", metrics.rootFilesystemUsedBytes)
    json.member("hardwareModel", metrics.hardwareModel)
    json.array("filesystems", metrics.filesystems ?? [], isKnown: metrics.filesystems != nil) {
      json, use in
      json.beginObject(onOneLine: true)
      json.member("mountPoint", use.mountPoint)
      json.member("type", use.type)
      json.member("sizeBytes", use.sizeBytes)
      json.member("usedBytes", use.usedBytes)
      json.endObject()
    }
    json.array("zpools", metrics.zpools ?? [], isKnown: metrics.zpools != nil) { json, pool in
      json.beginObject(onOneLine: true)
      json.member("name", pool.name)
      json.member("sizeBytes", pool.sizeBytes)
      json.member("usedBytes", pool.usedBytes)
      json.member("health", pool.health)
      json.endObject()
    }
    json.array("topProcesses", metrics.topProcesses ?? [], isKnown: metrics.topProcesses != nil) {
      json, process in
      json.beginObject(onOneLine: true)
      json.member("pid", process.pid)
      json.member("name", process.name)
      json.member("cpuPercent", process.cpuPercent, decimals: 1)
      json.member("residentBytes", process.residentBytes)
      json.endObject()
    }
    json.endObject()
  }
}
