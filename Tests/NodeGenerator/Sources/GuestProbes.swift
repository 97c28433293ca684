/// Who runs on a node, by its processes, sockets, locks and tasks.
struct GuestProbes {
  let world: World
  private let here: [Guest]

  init(_ world: World) {
    self.world = world
    here = world.guests.filter { $0.node == world.nodeName }.sorted { $0.id < $1.id }
  }

  private var machines: [Guest] { here.filter { $0.isRunning && !$0.isContainer } }
  private var containers: [Guest] { here.filter { $0.isRunning && $0.isContainer } }

  func processes() -> [UInt8] {
    var text = TextBuffer()
    for guest in machines {
      let file = "/run/qemu-server/\(guest.id).pid"
      let paths = (guest.paths + ["/dev/kvm", "/dev/vhost-net"]).map { "\"\($0)\"" }
      text.line(
        "{\"pid\":\(guest.pid),\"start\":\(100_000 + guest.id % 1000),\"id\":\"\(guest.id)\","
          + "\"arg0\":\"/usr/bin/kvm\",\"pidFile\":\"\(file)\",\"pidFileAgrees\":true,"
          + "\"incoming\":false,\"paths\":[\(paths.joined(separator: ","))]}")
    }
    return text.bytes
  }

  func sockets() -> [UInt8] {
    var text = TextBuffer()
    for guest in containers {
      text.line(
        "00000000663a46c3: 00000002 00000000 00010000 0001 01 \(leftPadded("\(3000 + guest.id % 90_000)", to: 5)) "
          + "@/var/lib/lxc/\(guest.id)/command")
    }
    return text.bytes
  }

  /// Source: qemu-server `CLI/qm.pm`, `vmlist`.
  func machineList() -> [UInt8] {
    let machines = here.filter { !$0.isContainer }
    var text = TextBuffer()
    guard !machines.isEmpty else { return [] }
    text.line("      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID       ")
    for guest in machines {
      let state = rightPadded(guest.isRunning ? "running" : "stopped", to: 10)
      let pid = rightPadded("\(guest.isRunning ? guest.pid : 0)", to: 10)
      text.line(
        "\(leftPadded("\(guest.id)", to: 10)) \(rightPadded(guest.name, to: 20)) \(state) "
          + "\(rightPadded("2048", to: 10)) \(leftPadded("32.00", to: 12)) \(pid)")
    }
    return text.bytes
  }

  /// Source: pve-container `CLI/pct.pm`, `list`.
  func containerList() -> [UInt8] {
    let containers = here.filter(\.isContainer)
    var text = TextBuffer()
    guard !containers.isEmpty else { return [] }
    text.line("VMID       Status     Lock         Name                ")
    for guest in containers {
      let state = rightPadded(guest.isRunning ? "running" : "stopped", to: 10)
      text.line(
        "\(rightPadded("\(guest.id)", to: 10)) \(state) \(rightPadded(guest.lock ?? "", to: 12)) "
          + rightPadded(guest.name, to: 20))
    }
    return text.bytes
  }

  /// Source: pve-common `RESTEnvironment.pm`, `active_workers`.
  func tasks() -> [UInt8] {
    var lines = world.tasks.enumerated().map { position, task in
      let numbers = [5000 + position, 70_000 + position, Int(task.startedAt)]
      let id = "UPID:\(world.nodeName):\(numbers.map(upperHex).joined(separator: ":"))"
      let end = task.isRunning ? "0" : "1 \(upperHex(Int(task.startedAt) + 30)) OK"
      return "\(id):\(task.type):\(task.subject):root@pam: \(end)"
    }
    if world.options.variations.contains(.sectionsReordered) { lines.reverse() }
    var text = TextBuffer()
    for line in lines { text.line(line) }
    return text.bytes
  }

  func deviceUsers() -> [UInt8] {
    var text = TextBuffer()
    for user in world.users {
      text.line(
        "{\"device\":\"\(user.device.text)\",\"kind\":\"\(user.kind)\",\"pid\":\(user.pid),"
          + "\"detail\":\"\(user.detail)\"}")
    }
    return text.bytes
  }
}
