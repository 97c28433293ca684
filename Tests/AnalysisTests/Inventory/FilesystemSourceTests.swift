import Testing

@testable import Analysis

@Suite struct FilesystemSourceTests {
  @Test(arguments: [
    ("/dev/mapper/pve-root / ext4 defaults 0 1", ["/dev/mapper/pve-root"]),
    ("/dev//pve/../pve/data /d xfs", ["/dev/pve/data"]),
    ("UUID=0a1b /d", ["/dev/disk/by-uuid/0a1b"]),
    ("UUID=12AB-34CD /boot", ["/dev/disk/by-uuid/12AB-34CD", "/dev/disk/by-uuid/12ab-34cd"]),
    ("PARTUUID=\"0a-01\" /d", ["/dev/disk/by-partuuid/0a-01"]),
    ("LABEL=a\\040b/ü /d", ["/dev/disk/by-label/a\\x20b\\x2fü"]),
    ("ID=wwn-1 /d", ["/dev/disk/by-id/wwn-1"]),
    ("PARTLABEL=x /d", ["/dev/disk/by-partlabel/x"]),
    ("nas:/export /d nfs", []), ("proc /proc proc", []), ("/swapfile none swap", []), ("", []),
    ("a=b /d", []), ("LABEL=\\4 /d", ["/dev/disk/by-label/\\x5c4"]),
  ]) func `a line finds its device by these paths`(line: String, paths: [String]) {
    #expect(FilesystemSource(line: line).paths == paths)
  }
}
