import BundleFormat
import NodeState

/// Which guests run on this node, by their processes and sockets.
public struct GuestStates: Sendable {
  /// A QEMU process whose pid file and command line agree, or a container's command socket.
  public let running: [GuestID: Evidence]
  /// Guests of a QEMU process that no pid file agrees with, or whose pid file is another guest's: nobody can
  /// say that they are stopped.
  public let uncertain: Set<GuestID>
  /// Guests that receive a migration.
  public let incoming: Set<GuestID>
  private let machines: [MachineProcess]
  /// Where each guest's process stands among the machines'.
  private let positions: [GuestID: Int]
  /// The further ones of guests that have several.
  private let furtherPositions: [Int]

  init(machines: [MachineProcess], containers: [ContainerSocket]) {
    var running: [GuestID: Evidence] = [:]
    var uncertain: Set<GuestID> = []
    var incoming: Set<GuestID> = []
    var positions: [GuestID: Int] = [:]
    var furtherPositions: [Int] = []
    running.reserveCapacity(machines.count + containers.count)
    positions.reserveCapacity(machines.count)
    for (position, machine) in machines.enumerated() {
      // PVE's pid file and the command line name different guests: neither is known to be stopped.
      if let other = machine.otherGuest { uncertain.insert(other) }
      guard let id = machine.id else { continue }
      if machine.hasAgreeingPIDFile && machine.otherGuest == nil {
        running[id] = Evidence(machine.location, from: .qemuProcesses)
      } else {
        uncertain.insert(id)
      }
      if machine.isIncoming { incoming.insert(id) }
      if let first = positions.updateValue(position, forKey: id) {
        positions[id] = first
        furtherPositions.append(position)
      }
    }
    for container in containers {
      running[container.id] = Evidence(container.location, from: .containerSockets)
    }
    self.running = running
    self.uncertain = uncertain.subtracting(running.keys)
    self.incoming = incoming
    self.machines = machines
    self.positions = positions
    self.furtherPositions = furtherPositions
  }

  public func runs(_ guest: GuestID) -> Bool { running[guest] != nil }

  /// Whether some process of the guest exists here, agreeing with a pid file or not.
  public func hasProcess(_ guest: GuestID) -> Bool { runs(guest) || uncertain.contains(guest) }

  /// Whose process bears a number; nil for one of no guest.
  func guest(ofProcess pid: Int) -> GuestID? { machines.first { $0.pid == pid }?.id }

  /// The guests whose processes were started with devices or hold them; of several the lowest.
  var heldPaths: HeldPaths {
    HeldPaths(machines.sorted { ($0.id?.number ?? 0) < ($1.id?.number ?? 0) })
  }

  /// The device paths that the guest's process was started with or holds.
  public func devicePaths(of guest: GuestID) -> [String] {
    (positions[guest].map { machines[$0].paths } ?? [])
      + furtherPositions.filter { machines[$0].id == guest }.flatMap { machines[$0].paths }
  }
}
