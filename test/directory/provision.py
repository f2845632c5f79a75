#!/usr/bin/python3
"""Makes an Active Directory domain, contoso.com, without a daemon and without root.

    provision.py FOLDER     makes it in FOLDER: private/sam.ldb is the directory, etc/smb.conf its configuration
    provision.py --missing  prints the Debian packages that are missing for it, one a line

In Python, since Samba's own provisioning is a Python module, and samba-tool around it wants root. To be run by the system's
python3, for which Debian packages the module.
"""

import logging
import pathlib
import sys


def missing_packages():
    try:
        from samba import param
        import samba.provision
    except ImportError:
        return ["python3-samba", "samba-dsdb-modules", "samba-ad-provision"]
    needed = {
        "samba-dsdb-modules": pathlib.Path(param.modules_dir(), "ldb", "samba_dsdb.so"),
        "samba-ad-provision": pathlib.Path(param.setup_dir(), "provision.ldif"),
    }
    return [package for package, file in needed.items() if not file.exists()]


def make_domain(folder):
    from samba.auth import system_session
    from samba.dsdb import DS_DOMAIN_FUNCTION_2008_R2
    from samba.param import LoadParm
    from samba.provision import provision

    # A configuration of its own, so that nothing of this machine's Samba is read or written.
    configuration = folder / "empty.conf"
    configuration.write_text("[global]\n")
    loaded = LoadParm()
    loaded.load(str(configuration))
    silent = logging.getLogger("provision")
    silent.addHandler(logging.NullHandler())
    silent.propagate = False
    provision(
        silent,
        system_session(),
        lp=loaded,
        smbconf=str(configuration),
        targetdir=str(folder),
        realm="CONTOSO.COM",
        domain="CONTOSO",
        hostname="dc1",
        hostip="127.0.0.1",
        serverrole="active directory domain controller",
        dom_for_fun_level=DS_DOMAIN_FUNCTION_2008_R2,
        dns_backend="NONE",
        # The folder need not keep access control lists.
        skip_sysvolacl=True,
    )


if sys.argv[1] == "--missing":
    print("\n".join(missing_packages()))
else:
    target = pathlib.Path(sys.argv[1]).resolve()
    target.mkdir(parents=True, exist_ok=True)
    make_domain(target)
