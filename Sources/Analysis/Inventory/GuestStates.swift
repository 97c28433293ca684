import BundleFormat
import NodeState

/// Which guests run on this node, by their processes and sockets.
public struct GuestStates: Sendable {
  /// A QEMU process whose pid file and command line agree, or a container's command socket.
  public let running: [GuestID: Evidence]
  /// A QEMU process that no pid file agrees with: nobody can say that the guest is stopped.
  public let uncertain: Set<GuestID>
  /// Guests that receive a migration.
  public let incoming: Set<GuestID>
  private let processes: [GuestID: MachineProcess]
  /// Those of guests that have several.
  private let furtherProcesses: [MachineProcess]

  init(machines: [MachineProcess], containers: [ContainerSocket]) {
    var running: [GuestID: Evidence] = [:]
    var uncertain: Set<GuestID> = []
    var incoming: Set<GuestID> = []
    var processes: [GuestID: MachineProcess] = [:]
    var furtherProcesses: [MachineProcess] = []
    running.reserveCapacity(machines.count + containers.count)
    processes.reserveCapacity(machines.count)
    for machine in machines {
      guard let id = machine.id else { continue }
      if machine.hasAgreeingPIDFile {
        running[id] = Evidence(machine.location, from: .qemuProcesses)
      } else {
        uncertain.insert(id)
      }
      if machine.isIncoming { incoming.insert(id) }
      if processes[id] == nil { processes[id] = machine } else { furtherProcesses.append(machine) }
    }
    for container in containers {
      running[container.id] = Evidence(container.location, from: .containerSockets)
    }
    self.running = running
    self.uncertain = uncertain.subtracting(running.keys)
    self.incoming = incoming
    self.processes = processes
    self.furtherProcesses = furtherProcesses
  }

  public func runs(_ guest: GuestID) -> Bool { running[guest] != nil }

  /// Whether some process of the guest exists here, agreeing with a pid file or not.
  public func hasProcess(_ guest: GuestID) -> Bool { runs(guest) || uncertain.contains(guest) }

  /// By device path, the guest whose process was started with it or holds it; of several the lowest.
  var guestsByDevicePath: [String: GuestID] {
    var guests: [String: GuestID] = [:]
    for guest in processes.keys.sorted() {
      for path in devicePaths(of: guest) where guests[path] == nil { guests[path] = guest }
    }
    return guests
  }

  /// The device paths that the guest's process was started with or holds.
  public func devicePaths(of guest: GuestID) -> [String] {
    (processes[guest]?.paths ?? [])
      + furtherProcesses.filter { $0.id == guest }.flatMap(\.paths)
  }
}
