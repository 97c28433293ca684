/// A block device's number.
struct Device: Hashable {
  let major: Int
  let minor: Int
  var text: String { "\(major):\(minor)" }
}

/// A disk or path of the node.
final class Disk {
  /// `sdb`.
  let kernelName: String
  let device: Device
  /// `sata`, `iscsi`, `fc`.
  let transport: String
  var sizeBytes = 0

  init(kernelName: String, device: Device, transport: String) {
    self.kernelName = kernelName
    self.device = device
    self.transport = transport
  }

  /// The SCSI disk of that index: `sda` is 8:0, the 17th disk is 65:0.
  ///
  /// Source: Linux `Documentation/admin-guide/devices.txt`, block major 8 and 65 to 71.
  static func scsi(index: Int, transport: String) -> Disk {
    var letters = ""
    var rest = index
    repeat {
      letters = String(Unicode.Scalar(UInt8(97 + rest % 26))) + letters
      rest = rest / 26 - 1
    } while rest >= 0
    let major = index < 16 ? 8 : 64 + index / 16
    return Disk(
      kernelName: "sd\(letters)", device: Device(major: major, minor: index % 16 * 16),
      transport: transport)
  }
}
