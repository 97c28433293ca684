import BundleFormat

/// Reads which guests run, at one of the readings.
struct RunningGuestsReader {
  let machines: Observed<[MachineProcess]>
  let containers: Observed<[ContainerSocket]>

  init(_ sources: inout SourceReader) {
    machines = sources.read(.qemuProcesses, Self.machines)
    containers = sources.read(.containerSockets, Self.containers)
  }

  /// - Parameter first: The first reading, for the second.
  init(_ sources: inout SourceReader, first: RunningGuestsReader) {
    machines = sources.readAgain(.qemuProcesses, first: first.machines, Self.machines)
    containers = sources.readAgain(.containerSockets, first: first.containers, Self.containers)
  }

  private static func machines(
    of text: SourceReader.Text
  ) throws(ParseError) -> [MachineProcess] {
    try MachineProcess.parse(text.bytes, from: text.origin)
  }

  private static func containers(
    of text: SourceReader.Text
  ) throws(ParseError) -> [ContainerSocket] {
    try ContainerSocket.parse(text.bytes.span, from: text.origin)
  }
}
