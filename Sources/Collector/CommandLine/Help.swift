extension Request {
  /// What `--help` prints.
  public static let helpText = """
    dmcollect: asks this Proxmox VE node about its device-mapper mappings and writes one bundle.

    It reads only: it activates, mounts, locks, repairs and changes nothing. Secrets are left out.

      dmcollect                        writes dmcollect-NODE-TIME.tar.zst here
      dmcollect -o /var/backups --keep 7
      ssh root@node dmcollect -o - | dmanalyze -

    Options:
      -o FILE|DIR|-          where the bundle goes; - is standard output
      --format zst|gz|tar    how it is compressed (zst)
      --timeout SECONDS      for each question (20)
      --deadline SECONDS     for the whole run (120)
      --max-bytes N          for all answers together, with K, M or G (256M)
      --redact standard|strict
                             strict also replaces guest and host names, addresses and tags
      --root DIR             reads files below DIR, also /proc, /sys and /run; programs still run
      --only ID,…            asks only these questions
      --skip ID,…            leaves these out
      --list                 prints what would be asked, and why
      --dry-run              asks nothing, prints which programs and files would be
      --keep N               keeps the newest N bundles of this node in DIR, removes older ones
      -q, -v                 says less, or what came of each question
      --version, --help

    Exit status: 0 complete · 1 bundle written, but a required source is missing · 2 usage
    3 no bundle written

    """
}
