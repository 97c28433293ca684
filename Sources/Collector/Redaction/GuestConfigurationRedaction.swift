/// Redacts a guest's configuration: only keys that a verdict needs keep their values.
///
/// Lines keep their number and order, so that evidence can name them. Behind a mark stand the
/// devices and volumes that the text named.
///
/// Source: `PVE::QemuServer` and `PVE::LXC::Config`, the line grammar of `parse_vm_config` and
/// `parse_pct_config`.
struct GuestConfigurationRedaction {
  enum Kind: Hashable {
    case machine
    case container
  }

  let kind: Kind
  /// The file, for messages.
  let origin: String

  /// Returns the configuration as it may be kept, and takes its secrets in.
  func redact(_ bytes: [UInt8], into secrets: inout SecretSet) -> [UInt8] {
    // All of the file's secrets first: a line above may repeat what stands below.
    Lines.forEach(bytes) { collectSecrets(of: $0, into: &secrets) }
    return Lines.map(bytes) { redact($0, hiding: secrets) }
  }

  private func redact(_ line: ArraySlice<UInt8>, hiding secrets: SecretSet) -> [UInt8] {
    guard let first = line.first, !line.trimmed.isEmpty else { return Array(line) }
    if first == UInt8(ascii: "#") {
      let text = line.dropFirst().percentDecoded
      return [first] + Redaction.replacement(for: text[...], hiding: secrets)
    }
    // To PVE, a line that only begins like a header is none.
    if first == UInt8(ascii: "["), line.trimmed.last == UInt8(ascii: "]") {
      return header(line, hiding: secrets)
    }
    guard let (key, separator) = key(of: line) else {
      return Redaction.replacement(for: line, hiding: secrets)
    }
    guard secrets.origin(ofSecretIn: key) == nil else {
      return Redaction.replacement(for: line, hiding: secrets)
    }
    let value = line[(separator + 1)...]
    if (isAllowed(key) || isDeviceRule(key, value)) && secrets.origin(ofSecretIn: line) == nil
      && SecretAssignments.values(inSetting: value.trimmed).isEmpty
    {
      return Array(line)
    }
    // A password that looks like a device is a password.
    if SecretName.isSecret(key) { return key + Array(": ".utf8) + Redaction.mark }
    let text = key.elementsEqual("description".utf8) ? value.percentDecoded[...] : value
    return key + Array(": ".utf8) + Redaction.replacement(for: text, hiding: secrets)
  }

  /// A section's name is kept when PVE would take it; any other still begins a section.
  private func header(_ line: ArraySlice<UInt8>, hiding secrets: SecretSet) -> [UInt8] {
    let text = line.trimmed
    let name = text.dropFirst().dropLast()
    if secrets.origin(ofSecretIn: line) == nil,
      name.allSatisfy({ $0.isWordByte || "_-:".utf8.contains($0) })
    {
      return Array(line)
    }
    return Array("[".utf8) + Redaction.mark + Array("]".utf8)
  }

  /// The key that a line begins with, and where its separator stands; nil for a line that PVE drops.
  private func key(of line: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, Int)? {
    let isRaw = kind == .container && line.starts(with: "lxc.".utf8)
    guard
      let separator = line.firstIndex(where: {
        $0 == UInt8(ascii: ":") || (isRaw && $0 == UInt8(ascii: "="))
      })
    else { return nil }
    let key = isRaw ? line[..<separator].trimmed : line[..<separator]
    guard let first = key.first, first.isLetter,
      key.allSatisfy({
        $0.isWordByte || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
          || (isRaw && $0 == UInt8(ascii: "."))
      })
    else { return nil }
    return (key, separator)
  }

  /// Whether a verdict needs the values of a key.
  func isAllowed(_ key: ArraySlice<UInt8>) -> Bool {
    let name = String(decoding: key, as: UTF8.self)
    let letters = name.prefix { !$0.isNumber }
    let number = name[letters.endIndex...]
    if number.allSatisfy({ $0.isASCII && $0.isNumber }) && !number.isEmpty {
      return Self.allowedNumbered[kind]?.contains(String(letters)) == true
    }
    return number.isEmpty && Self.allowed[kind]?.contains(name) == true
  }

  /// Whether a line says which devices a container may use: `lxc.cgroup2.devices.allow: b 253:0 rwm`.
  private func isDeviceRule(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Bool {
    kind == .container
      && ["lxc.cgroup.devices.allow", "lxc.cgroup2.devices.allow"].contains {
        key.elementsEqual($0.utf8)
      } && value.allSatisfy { "abcrwm*:0123456789 \t\r".utf8.contains($0) }
  }

  /// The names of all settings whose values stay.
  static let allKnown = (Array(allowed.values) + Array(allowedNumbered.values))
    .reduce(into: Set<String>()) { $0.formUnion($1) }

  private static let allowedNumbered: [Kind: Set<String>] = [
    .machine: ["ide", "scsi", "virtio", "sata", "efidisk", "tpmstate", "unused"],
    .container: ["mp", "unused", "dev"],
  ]

  private static let allowed: [Kind: Set<String>] = [
    .machine: [
      "acpi", "agent", "arch", "autostart", "balloon", "bios", "boot", "bootdisk", "cdrom", "cores",
      "cpu", "cpulimit", "cpuunits", "delete", "fleecing-images", "freeze", "hotplug", "hugepages",
      "keephugepages", "kvm", "localtime", "lock", "machine", "memory", "meta", "name", "numa",
      "onboot", "ostype", "parent", "protection", "runningcpu", "runningmachine", "scsihw",
      "shares", "smp", "snapstate", "snaptime", "sockets", "startup", "tablet", "tags", "template",
      "vcpus", "vga", "vmstate",
    ],
    .container: [
      "arch", "cmode", "console", "cores", "cpulimit", "cpuunits", "delete", "features", "hostname",
      "lock", "memory", "onboot", "ostype", "parent", "protection", "rootfs", "snapstate",
      "snaptime", "startup", "swap", "tags", "template", "tty", "unprivileged", "vmstate",
    ],
  ]
}
