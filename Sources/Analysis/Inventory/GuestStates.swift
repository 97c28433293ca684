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

  /// The guests whose processes were started with devices or hold them; of several the lowest.
  var heldPaths: HeldPaths {
    let all = processes.values + furtherProcesses
    return HeldPaths(all.sorted { ($0.id?.number ?? 0) < ($1.id?.number ?? 0) })
  }

  /// The device paths that the guest's process was started with or holds.
  public func devicePaths(of guest: GuestID) -> [String] {
    (processes[guest]?.paths ?? [])
      + furtherProcesses.filter { $0.id == guest }.flatMap(\.paths)
  }
}
