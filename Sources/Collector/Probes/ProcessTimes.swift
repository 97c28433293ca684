import BundleFormat
import Glibc
import Spawn

/// What processes have used of the CPUs: two readings tell who used most in between.
///
/// Source: `/proc/PID/stat` fields 14, 15, 22 and 24, proc(5).
enum ProcessTimes {
  /// A line with the clock's nanoseconds, then `PID START TICKS PAGES NAME` a process.
  ///
  /// - Throws: ``FileError`` when there is no `/proc`.
  static func lines(below root: Root) throws(FileError) -> [UInt8] {
    let processes = ProcessFolders(below: root)
    var lines = Array("\(MonotonicTime.now.nanoseconds)\n".utf8)
    // The collector itself, the parent, is not the node's work.
    let parent = Int(getppid())
    for pid in try processes.pids() where pid != parent {
      guard let status = processes.status(of: pid), status.fields.count > 21,
        let user = Int(status.fields[11]), let system = Int(status.fields[12])
      else { continue }
      let ticks = user &+ system
      lines += Array("\(pid) \(status.fields[19]) \(ticks) \(status.fields[21]) ".utf8)
      lines += status.name.utf8.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
      lines.append(UInt8(ascii: "\n"))
    }
    return lines
  }

  private struct Use {
    var pid: Int
    var name: String
    var cpuPercent: Double
    var residentBytes: Int
  }

  private typealias Reading = (at: Int, processes: [Substring: [Substring]])

  private static func parse(_ bytes: [UInt8]) -> Reading? {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let time = lines.first.flatMap({ Int($0) }) else { return nil }
    var processes: [Substring: [Substring]] = [:]
    for line in lines.dropFirst() {
      let words = line.split(separator: " ", maxSplits: 4)
      if words.count == 5 { processes[words[0]] = words }
    }
    return (time, processes)
  }

  /// Returns one JSON line for each of the processes that used most between two readings, the most
  /// first; those that used nothing are left out.
  static func top(_ count: Int, from first: [UInt8], to second: [UInt8]) -> [UInt8] {
    guard let before = parse(first), let after = parse(second), after.at > before.at else {
      return []
    }
    let seconds = Double(after.at - before.at) / 1e9
    let ticksPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
    var uses: [Use] = []
    for (pid, words) in after.processes {
      // The same number with another start is another process.
      guard let number = Int(pid), let ticks = Int(words[2]), let pages = Int(words[3]) else {
        continue
      }
      let earlier = before.processes[pid].flatMap { $0[1] == words[1] ? Int($0[2]) : nil } ?? 0
      guard ticks > earlier else { continue }
      uses.append(
        Use(
          pid: number, name: String(words[4]),
          cpuPercent: Double(ticks - earlier) / ticksPerSecond / seconds * 100,
          residentBytes: pages &* sysconf(Int32(_SC_PAGESIZE))))
    }
    uses.sort { ($1.cpuPercent, $0.pid) < ($0.cpuPercent, $1.pid) }
    return uses.prefix(count).flatMap { line($0) }
  }

  private static func line(_ use: Use) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("pid")
    json.value(use.pid)
    json.key("name")
    json.value(use.name)
    json.key("cpuPercent")
    json.value(use.cpuPercent, decimals: 1)
    json.key("residentBytes")
    json.value(use.residentBytes)
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }
}
