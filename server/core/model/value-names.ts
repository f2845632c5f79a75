/** What the bits or the numbers of an attribute are called. */
interface NumberNames {
  /** The names are those of bits, and a value is the sum of several; otherwise each value has one name. */
  readonly isFlags: boolean;
  /** The bits are 32, and the directory writes the number with a sign. */
  readonly isSigned32: boolean;
  readonly names: ReadonlyMap<bigint, string>;
}

/**
 * `type flags|flags32|values`, then `number name` for each, on one line each. Sources:
 * userAccountControl, MS-ADTS 2.2.16 with the names of KB 305144; groupType, MS-ADTS 2.2.12; sAMAccountType, MS-SAMR 2.2.1.9; systemFlags,
 * MS-ADTS 2.2.10; searchFlags, MS-ADTS 2.2.9; instanceType, MS-ADTS 3.1.1.1.9; trustDirection, trustType and trustAttributes, MS-ADTS
 * 6.1.6.7.12, 6.1.6.7.15 and 6.1.6.7.9; msDS-SupportedEncryptionTypes, MS-KILE 2.2.7. Those of Exchange: its own enumerations, as Microsoft's
 * support has published them ("How msExchRecipientDisplayType and msExchangeRecipientTypeDetails Relate to Your On-Premises", 2013), and the
 * help of Get-Recipient for what came later.
 */
const TABLE = `
useraccountcontrol flags32
0x1 SCRIPT
0x2 ACCOUNTDISABLE
0x8 HOMEDIR_REQUIRED
0x10 LOCKOUT
0x20 PASSWD_NOTREQD
0x40 PASSWD_CANT_CHANGE
0x80 ENCRYPTED_TEXT_PWD_ALLOWED
0x100 TEMP_DUPLICATE_ACCOUNT
0x200 NORMAL_ACCOUNT
0x800 INTERDOMAIN_TRUST_ACCOUNT
0x1000 WORKSTATION_TRUST_ACCOUNT
0x2000 SERVER_TRUST_ACCOUNT
0x10000 DONT_EXPIRE_PASSWORD
0x20000 MNS_LOGON_ACCOUNT
0x40000 SMARTCARD_REQUIRED
0x80000 TRUSTED_FOR_DELEGATION
0x100000 NOT_DELEGATED
0x200000 USE_DES_KEY_ONLY
0x400000 DONT_REQ_PREAUTH
0x800000 PASSWORD_EXPIRED
0x1000000 TRUSTED_TO_AUTH_FOR_DELEGATION
0x2000000 NO_AUTH_DATA_REQUIRED
0x4000000 PARTIAL_SECRETS_ACCOUNT
0x8000000 USE_AES_KEYS
grouptype flags32
0x1 BUILTIN_LOCAL_GROUP
0x2 ACCOUNT_GROUP (global)
0x4 RESOURCE_GROUP (domain local)
0x8 UNIVERSAL_GROUP
0x10 APP_BASIC_GROUP
0x20 APP_QUERY_GROUP
0x80000000 SECURITY_ENABLED
samaccounttype values
0x0 DOMAIN_OBJECT
0x10000000 GROUP_OBJECT
0x10000001 NON_SECURITY_GROUP_OBJECT
0x20000000 ALIAS_OBJECT
0x20000001 NON_SECURITY_ALIAS_OBJECT
0x30000000 USER_OBJECT
0x30000001 MACHINE_ACCOUNT
0x30000002 TRUST_ACCOUNT
0x40000000 APP_BASIC_GROUP
0x40000001 APP_QUERY_GROUP
systemflags flags32
0x1 ATTR_NOT_REPLICATED (of a cross-reference: CR_NTDS_NC)
0x2 ATTR_REQ_PARTIAL_SET_MEMBER (of a cross-reference: CR_NTDS_DOMAIN)
0x4 ATTR_IS_CONSTRUCTED (of a cross-reference: CR_NTDS_NOT_GC_REPLICATED)
0x8 ATTR_IS_OPERATIONAL
0x10 SCHEMA_BASE_OBJECT
0x20 ATTR_IS_RDN
0x2000000 DISALLOW_MOVE_ON_DELETE
0x4000000 DOMAIN_DISALLOW_MOVE
0x8000000 DOMAIN_DISALLOW_RENAME
0x10000000 CONFIG_ALLOW_LIMITED_MOVE
0x20000000 CONFIG_ALLOW_MOVE
0x40000000 CONFIG_ALLOW_RENAME
0x80000000 DISALLOW_DELETE
searchflags flags32
0x1 ATTINDEX
0x2 PDNTATTINDEX
0x4 ANR
0x8 PRESERVEONDELETE
0x10 COPY
0x20 TUPLEINDEX
0x40 SUBTREEATTINDEX
0x80 CONFIDENTIAL
0x100 NEVERVALUEAUDIT
0x200 RODCFilteredAttribute
0x400 EXTENDEDLINKTRACKING
0x800 BASEONLY
0x1000 PARTITIONSECRET
instancetype flags32
0x1 IT_NC_HEAD
0x2 IT_UNINSTANT
0x4 IT_WRITE
0x8 IT_NC_ABOVE
0x10 IT_NC_COMING
0x20 IT_NC_GOING
trustdirection values
0 DISABLED
1 INBOUND
2 OUTBOUND
3 BIDIRECTIONAL
trusttype values
1 DOWNLEVEL
2 UPLEVEL
3 MIT
4 DCE
5 AAD
trustattributes flags32
0x1 NON_TRANSITIVE
0x2 UPLEVEL_ONLY
0x4 QUARANTINED_DOMAIN
0x8 FOREST_TRANSITIVE
0x10 CROSS_ORGANIZATION
0x20 WITHIN_FOREST
0x40 TREAT_AS_EXTERNAL
0x80 USES_RC4_ENCRYPTION
0x200 CROSS_ORGANIZATION_NO_TGT_DELEGATION
0x400 PIM_TRUST
0x800 CROSS_ORGANIZATION_ENABLE_TGT_DELEGATION
0x1000 DISABLE_AUTH_TARGET_VALIDATION
msds-supportedencryptiontypes flags32
0x1 DES-CBC-CRC
0x2 DES-CBC-MD5
0x4 RC4-HMAC
0x8 AES128-CTS-HMAC-SHA1-96
0x10 AES256-CTS-HMAC-SHA1-96
0x20 AES256-CTS-HMAC-SHA1-96-SK
0x10000 FAST-supported
0x20000 Compound-identity-supported
0x40000 Claims-supported
0x80000 Resource-SID-compression-disabled
msexchrecipienttypedetails flags
0x1 UserMailbox
0x2 LinkedMailbox
0x4 SharedMailbox
0x8 LegacyMailbox
0x10 RoomMailbox
0x20 EquipmentMailbox
0x40 MailContact
0x80 MailUser
0x100 MailUniversalDistributionGroup
0x200 MailNonUniversalGroup
0x400 MailUniversalSecurityGroup
0x800 DynamicDistributionGroup
0x1000 PublicFolder
0x2000 SystemAttendantMailbox
0x4000 SystemMailbox
0x8000 MailForestContact
0x10000 User
0x20000 Contact
0x40000 UniversalDistributionGroup
0x80000 UniversalSecurityGroup
0x100000 NonUniversalGroup
0x200000 DisabledUser
0x400000 MicrosoftExchange
0x800000 ArbitrationMailbox
0x1000000 MailboxPlan
0x2000000 LinkedUser
0x10000000 RoomList
0x20000000 DiscoveryMailbox
0x40000000 RoleGroup
0x80000000 RemoteUserMailbox
0x100000000 Computer
0x200000000 RemoteRoomMailbox
0x400000000 RemoteEquipmentMailbox
0x800000000 RemoteSharedMailbox
0x1000000000 PublicFolderMailbox
0x2000000000 TeamMailbox
0x4000000000 RemoteTeamMailbox
0x8000000000 MonitoringMailbox
0x10000000000 GroupMailbox
0x20000000000 LinkedRoomMailbox
0x40000000000 AuditLogMailbox
0x80000000000 RemoteGroupMailbox
0x100000000000 SchedulingMailbox
0x200000000000 GuestMailUser
msexchremoterecipienttype flags
0x1 ProvisionMailbox
0x2 ProvisionArchive
0x4 Migrated
0x8 DeprovisionMailbox
0x10 DeprovisionArchive
0x20 RoomMailbox
0x40 EquipmentMailbox
0x60 SharedMailbox
0x80 TeamMailbox
msexchrecipientdisplaytype values
0 MailboxUser
1 DistributionGroup
2 PublicFolder
3 DynamicDistributionGroup
4 Organization
5 PrivateDistributionList
6 RemoteMailUser
7 ConferenceRoomMailbox
8 EquipmentMailbox
1073741824 ACLableMailboxUser
1073741833 SecurityDistributionGroup
-2147483642 SyncedMailboxUser
-2147483391 SyncedUDGasUDG
-2147483386 SyncedUDGasContact
-2147483130 SyncedPublicFolder
-2147482874 SyncedDynamicDistributionGroup
-2147482106 SyncedRemoteMailUser
-2147481850 SyncedConferenceRoomMailbox
-2147481594 SyncedEquipmentMailbox
-2147481343 SyncedUSGasUDG
-2147481338 SyncedUSGasContact
-1073741818 ACLableSyncedMailboxUser
-1073740282 ACLableSyncedRemoteMailUser
-1073739514 ACLableSyncedUSGasContact
-1073739511 SyncedUSGasUSG`;

/** By attribute types in lower case; made when somebody first asks. */
let tables: ReadonlyMap<string, NumberNames> | undefined;

function tablesIn(text: string): ReadonlyMap<string, NumberNames> {
  const all = new Map<string, NumberNames>();
  let names = new Map<bigint, string>();
  for (const line of text.trim().split("\n")) {
    const [first, rest] = [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)];
    if (/^-?\d/.test(first)) names.set(BigInt(first), rest);
    else {
      names = new Map();
      all.set(first, { isFlags: rest !== "values", isSigned32: rest === "flags32", names });
    }
  }
  return all;
}

const BITS_32 = 0xffffffffn;

/**
 * What the number in a value of an attribute type, in lower case, means: the names of its bits, or its own. A bit without a name is there as
 * `unknown (0x...)`, and so is a number. `undefined` where the attribute has no such names, or the text is no number of 64 bits.
 */
export function namesOfNumber(type: string, text: string): readonly string[] | undefined {
  tables ??= tablesIn(TABLE);
  const table = tables.get(type);
  const trimmed = text.trim();
  if (table === undefined || !/^-?\d{1,20}$/.test(trimmed)) return undefined;
  const number = BigInt(trimmed);
  if (!table.isFlags) return [table.names.get(number) ?? `unknown (${trimmed})`];
  if (table.isSigned32 ? number < -(2n ** 31n) || number > BITS_32 : number < 0n) return undefined;
  return flagsOf(table.isSigned32 ? number & BITS_32 : number, table);
}

function flagsOf(bits: bigint, { names }: NumberNames): string[] {
  const found: { readonly bit: bigint; readonly name: string }[] = [];
  let left = bits;
  // What takes several bits wins over those that have one of them.
  for (const [bit, name] of [...names].sort(([one], [other]) => bitCount(other) - bitCount(one))) {
    if ((left & bit) !== bit) continue;
    found.push({ bit, name });
    left &= ~bit;
  }
  if (left !== 0n) found.push({ bit: left, name: "unknown" });
  found.sort((one, other) => (one.bit < other.bit ? -1 : 1));
  return found.map(({ bit, name }) => `${name} (0x${bit.toString(16)})`);
}

function bitCount(bits: bigint): number {
  return bits.toString(2).replaceAll("0", "").length;
}
