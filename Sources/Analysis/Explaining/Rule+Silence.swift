import BundleFormat
import NodeState

extension Rule {
  /// Says which fact kept the rule silent; nil where no single one did.
  func silence(on facts: MappingFacts, _ inventory: Inventory) -> String? {
    for aspect in aspects {
      if case .otherwise(let words) = aspect { return words }
      if !aspect.isThere(in: facts, inventory) { return aspect.opposite(in: facts, inventory) }
    }
    return nil
  }

  /// What the rule wants of a mapping, in the order in which it is worth naming.
  var aspects: [Aspect] {
    switch name {
    case "recreated-volume":
      title == Rule.recreatedVolumeOpen.title
        ? [.ghost, .namesake, .open] : [.ghost, .namesake, .notOpen]
    default: Self.aspectsByRule[name] ?? []
    }
  }

  private static let aspectsByRule: [String: [Aspect]] = [
    "guest-group-on-host": [.onGuestDisk],
    "pool-layer": [.layered],
    "partition": [.partition],
    "multipath": [.multipath],
    "crypt": [.crypt],
    "host-volume": [.notNamedLikeDisk],

    "ghost-in-use": [.ghost, .open, .noNamesake],
    "lost-volume": [.ghost, .notOpen, .noNamesake, .named],

    "renamed-volume": [.known, .otherName],
    "recreated-group": [.groupAbsent],
    "suspended-mapping": [.suspended],
    "dead-target": [.otherwise("its table leads to devices that exist")],
    "resized-volume": [.lengthDiffers],
    "moved-extents": [.extentsDiffer],
    "single-path": [.otherwise("its table names no path of a multipath map")],
    "other-storage": [
      .confirmed, .otherwise("no configuration looks for it in another storage or pool"),
    ],

    "overlapping-extents": [
      .overlapped, .otherwise("LVM's metadata says which of the two lives, so it keeps its class"),
    ],
    "same-thin-device": [
      .sameThinDevice,
      .otherwise("LVM's metadata says which of the two lives, so it keeps its class"),
    ],
    "shared-reference": [.confirmed, .otherwise("no two guests have it attached")],

    "unmanaged-group": [
      .unmanaged, .unreferenced,
      .otherwise("it has no uuid of an LVM volume, or is a leftover on a group that others share"),
    ],
    "ghost-mapping": [.ghost, .notOpen, .noNamesake, .notNamed],
    "hand-made-mapping": [
      .withoutUUID, .notOpen, .notNamed, .notNamedElsewhere, .otherwise("fstab names it"),
    ],
    "interrupted-wipe": [.confirmed, .wiping, .notNamed],
    "leftover-snapshot": [
      .confirmed, .snapshot, .notNamed, .noForeignReference, .otherwise("a backup is running"),
    ],
    "leftover-fleecing": [
      .confirmed, .fleecing, .otherwise("its guest lists it and a backup is running, or has it"),
    ],
    "leftover-copy": [.confirmed, .local, .notOpen, .notNamed, .foreignReference],
    "unreferenced-volume": [.confirmed, .managed, .notOpen, .notNamed, .noForeignReference],
    "foreign-use": [
      .confirmed, .managed, .open, .unreferenced, .noForeignReference,
      .otherwise("a guest that names it runs here or is being worked on"),
    ],

    "stopped-guest": [.confirmed, .thick, .notOpen, .stoppedReference],
    "stopped-guest-open": [.confirmed, .open, .stoppedReference],
    "moved-guest": [
      .confirmed, .shared, .notOpen, .movedReference,
      .otherwise("the other node has it on a storage of its own"),
    ],
    "moved-guest-open": [.confirmed, .open, .movedReference],

    "running-disk": [.confirmed, .open, .runningReference, .attachedToRunning],
    "backing-volume": [
      .confirmed, .chainSnapshot, .runningReference,
      .otherwise("no disk that the running guest has attached builds on it"),
    ],
    "backup-image": [.confirmed, .otherwise("it is no image of a running backup")],
    "attached-not-open": [.confirmed, .notOpen, .runningReference],
    "idle-thin-volume": [.confirmed, .thin, .notOpen, .stoppedReference],

    "mentioned-only": [.unreferenced, .mentioned],
    "in-flux": [
      .otherwise("it did not change between the readings, no task is at it, and it is not new")
    ],
    "locked-guest": [.otherwise("no guest that it concerns is locked")],
  ]
}
