/**
 * Facts about the attributes of Active Directory's schema up to Windows Server 2012 R2, without Exchange's; written by
 * test/update/schema-facts.mjs. From Microsoft's documentation of the schema (MicrosoftDocs/win32, commit 47e64c189dcb, and
 * MicrosoftDocs/windowsserverdocs), CC BY 4.0, see NOTICE. The pages omit rangeUpper of audio, gecos, ipPhone, loginShell, notes,
 * terminalServer, unixHomeDirectory, userCertificate, userPrincipalName and userSMIMECertificate: these are what the schema of a running
 * Samba domain controller says. Left out: OIDs, and what is said of indexes and replication.
 *
 * `=syntax:flags:rangeLower..rangeUpper`, then the attributes of which this is true. Flags: s takes a single value, w is written by the system
 * only, c is constructed, f is a forward link, b is a back link.
 */
export const SCHEMA_FACTS = `=AccessPoint:wc: msDS-RevealedList =Boolean:: mSMQSiteForeign ms-DS-UserAccountAutoLocked
ms-DS-UserEncryptedTextPasswordAllowed ms-DS-UserPasswordNotRequired msDS-UserAccountDisabled
msDS-UserDontExpirePassword msDS-UserPasswordExpired =Boolean:s: Enabled MSMQ-SecuredSource aCSEnableACSService
aCSEnableRSVPAccounting aCSEnableRSVPMessageLogging contentIndexingAllowed dNSTombstoned defaultHidingValue
dnsAllowDynamic dnsAllowXFR enabledConnection extendedCharsAllowed generatedConnection hideFromAB isCriticalSystemObject
isDefunct isMemberOfPartialAttributeSet mS-SQL-AllowAnonymousSubscription mS-SQL-AllowImmediateUpdatingSubscription
mS-SQL-AllowKnownPullSubscription mS-SQL-AllowQueuedUpdatingSubscription mS-SQL-AllowSnapshotFilesFTPDownloading
mS-SQL-Clustered mS-SQL-InformationDirectory mS-SQL-ThirdParty mSMQAuthenticate mSMQDependentClientService
mSMQDependentClientServices mSMQDsService mSMQDsServices mSMQForeign mSMQJournal mSMQMigrated mSMQNameStyle
mSMQRoutingService mSMQRoutingServices mSMQTransactional msDFSR-DisablePacketPrivacy msDFSR-Enabled msDFSR-RdcEnabled
msDFSR-ReadOnly msDNS-IsSigned msDNS-NSEC3OptOut msDNS-ParentHasSecureDelegation msDNS-RFC5011KeyRollovers
msDNS-SignWithNSEC3 msDS-AuthNPolicyEnforced msDS-AuthNPolicySiloEnforced msDS-AzGenerateAudits
msDS-AzTaskIsRoleDefinition msDS-CloudIsEnabled msDS-CloudIsManaged msDS-IsEnabled msDS-IsManaged
msDS-IsUsedAsResourceSecurityAttribute msDS-PasswordComplexityEnabled msDS-PasswordReversibleEncryptionEnabled
msNPAllowDialin msTSAllowLogon msTSBrokenConnectionAction msTSConnectClientDrives msTSConnectPrinterDrives
msTSDefaultToMainPrinter msTSReconnectionAction netbootAllowNewClients netbootAnswerOnlyValidClients
netbootAnswerRequests netbootLimitClients printCollate printColor printDuplexSupported printKeepPrintedJobs
printStaplingSupported proxyGenerationEnabled showInAdvancedViewOnly treatAsLeaf =Boolean:sc: msDS-isGC msDS-isRODC
=Boolean:sw: isDeleted isEphemeral isRecycled isSingleValued msDS-ClaimIsSingleValued msDS-ClaimIsValueSpaceRestricted
msDS-IsPossibleValuesPresent msDS-RIDPoolAllocationEnabled systemOnly =Boolean:wc: fromEntry =DN:: addressBookRoots
associatedName currentParentCA defaultClassStore documentAuthor domainCAs globalAddressList ipsecFilterReference
ipsecNFAReference ipsecOwnersReference mSMQInRoutingServers mSMQOutRoutingServers mSMQPrevSiteGates mSMQSiteGates
mSMQSiteGatesMig msDS-DisableForInstances msDS-DisableForInstancesBL msDS-ServiceAccount msDS-ServiceAccountBL
pendingParentCA previousParentCA roleOccupant rootTrust secretary seeAlso showInAddressBook siteServer templateRoots
uniqueMember =DN:b: msAuthz-MemberRulesInCentralAccessPolicyBL msDFSR-ComputerReferenceBL msDFSR-MemberReferenceBL
msDS-ClaimSharesPossibleValuesWithBL msDS-HostServiceAccountBL msDS-IsPrimaryComputerFor
msDS-MembersOfResourcePropertyListBL msDS-NC-RO-Replica-Locations-BL msSFU30PosixMemberOf =DN:f: addressBookRoots2
bridgeheadTransportList globalAddressList2 member msAuthz-MemberRulesInCentralAccessPolicy msCOM-PartitionLink
msDS-AuthNPolicySiloMembers msDS-AuthenticatedAtDC msDS-ClaimTypeAppliesToClass msDS-HostServiceAccount
msDS-MembersForAzRole msDS-MembersOfResourcePropertyList msDS-NC-RO-Replica-Locations msDS-NC-Replica-Locations
msDS-NeverRevealGroup msDS-NonMembers msDS-ObjectReference msDS-OperationsForAzRole msDS-OperationsForAzTask
msDS-PSOAppliesTo msDS-PrimaryComputer msDS-RevealOnDemandGroup msDS-TasksForAzRole msDS-TasksForAzTask
msSFU30PosixMember msTSSecondaryDesktops nonSecurityMember privilegeHolder siteLinkList siteList syncMembership
templateRoots2 =DN:s: assistant cRLObject certificateAuthorityObject defaultGroup defaultLocalPolicyObject
defaultObjectCategory domainCrossRef domainID domainPolicyObject domainPolicyReference dynamicLDAPServer fSMORoleOwner
fromServer interSiteTopologyGenerator ipsecISAKMPReference ipsecNegotiationPolicyReference ipsecPolicyReference
lastKnownParent localPolicyReference mSMQSite1 mSMQSite2 msCOM-DefaultPartitionLink msDS-ClaimAttributeSource
msDS-Preferred-GC-Site msKds-DomainID netbootNewMachineOU nextLevelStore notificationList objectCategory parentCA
physicalLocationObject preferredOU syncWithObject transportType trustParent =DN:sf: fRSMemberReference fRSPrimaryMember
frsComputerReference managedBy manager msCOM-UserPartitionSetLink msDFSR-ComputerReference msDFSR-MemberReference
msDS-AssignedAuthNPolicy msDS-AssignedAuthNPolicySilo msDS-ClaimSharesPossibleValuesWith msDS-ComputerAuthNPolicy
msDS-EgressClaimsTransformationPolicy msDS-IngressClaimsTransformationPolicy msDS-KrbTgtLink msDS-OIDToGroupLink
msDS-SDReferenceDomain msDS-ServiceAuthNPolicy msDS-UserAuthNPolicy msFRS-Hub-Member msTPM-TpmInformationForComputer
msTSPrimaryDesktop netbootServer owner queryPolicyObject serverReference siteObject =DN:sw: dMDLocation
distinguishedName msDS-DeviceLocation nCName rIDManagerReference =DN:swc: msDS-ResultantPSO msDS-parentdistname =DN:swf:
msDS-ValueTypeReference =DN:w: dNReferenceUpdate rIDSetReferences subRefs =DN:wb: bridgeheadServerListBL directReports
fRSMemberReferenceBL frsComputerReferenceBL isPrivilegeHolder managedObjects masteredBy memberOf msCOM-PartitionSetLink
msCOM-UserLink msDS-AssignedAuthNPolicyBL msDS-AssignedAuthNPolicySiloBL msDS-AuthNPolicySiloMembersBL
msDS-AuthenticatedToAccountlist msDS-ComputerAuthNPolicyBL msDS-EnabledFeatureBL msDS-IsDomainFor msDS-IsFullReplicaFor
msDS-IsPartialReplicaFor msDS-KrbTgtLinkBl msDS-MembersForAzRoleBL msDS-NonMembersBL msDS-OIDToGroupLinkBl
msDS-ObjectReferenceBL msDS-OperationsForAzRoleBL msDS-OperationsForAzTaskBL msDS-PSOApplied msDS-RevealedDSAs
msDS-ServiceAuthNPolicyBL msDS-TDOEgressBL msDS-TDOIngressBL msDS-TasksForAzRoleBL msDS-TasksForAzTaskBL
msDS-UserAuthNPolicyBL msDS-ValueTypeReferenceBL msDs-masteredBy msTPM-TpmInformationForComputerBL msTSPrimaryDesktopBL
msTSSecondaryDesktopBL netbootSCPBL nonSecurityMemberBL ownerBL queryPolicyBL serverReferenceBL siteObjectBL =DN:wc:
msDS-RevealedListBL msds-memberOfTransitive msds-memberTransitive subSchemaSubEntry =DN:wf: hasMasterNCs
hasPartialReplicaNCs msDS-EnabledFeature msDS-hasFullReplicaNCs msDS-hasMasterNCs =DN:wf:4..4 msDS-HasDomainNCs
=DNBinary:: mS-DS-ReplicatesNCReason =DNBinary::16..16 otherWellKnownObjects =DNBinary:f: msDS-BridgeHeadServersUsed
msPKI-CredentialRoamingTokens msPKIAccountCredentials msPKIDPAPIMasterKeys =DNBinary:sw: proxiedObjectName
=DNBinary:w:16..16 wellKnownObjects =DNBinary:wf: msDS-RevealedUsers =DNBinary:wf:4..4 msDS-HasInstantiatedNCs
=GeneralizedTime:: meetingEndTime meetingStartTime msDS-DateTime =GeneralizedTime:s: fRSTimeLastCommand
fRSTimeLastConfigChange msDFS-LastModifiedv2 msTSExpireDate msTSExpireDate2 msTSExpireDate3 msTSExpireDate4 schemaUpdate
=GeneralizedTime:sw: msDS-Entry-Time-To-Die whenChanged whenCreated =GeneralizedTime:swc: createTimeStamp
modifyTimeStamp msDS-LocalEffectiveDeletionTime msDS-LocalEffectiveRecycleTime =GeneralizedTime:w: dSCorePropagationData
=IA5String:: associatedDomain bootFile bootParameter dhcpMask dhcpRanges dhcpReservations dhcpServers dhcpSites
dhcpState dhcpSubnets ipHostNumber ipServiceProtocol macAddress memberNisNetgroup memberUid msNPCalledStationID
msNPCallingStationID msNPSavedCallingStationID msRADIUS-FramedIpv6Route msRADIUS-SavedFramedIpv6Route
msRADIUSFramedRoute msRASSavedFramedRoute msSFU30Aliases msSFU30Domains msSFU30KeyValues msSFU30NetgroupHostAtDomain
msSFU30NetgroupUserAtDomain msSFU30YpServers nisNetgroupTriple optionsLocation superScopes unstructuredName
=IA5String::1..128 destinationIndicator =IA5String::1..64 serialNumber =IA5String:s: ipNetmaskNumber ipNetworkNumber
msRADIUS-FramedInterfaceId msRADIUS-FramedIpv6Prefix msRADIUS-SavedFramedInterfaceId msRADIUS-SavedFramedIpv6Prefix
msRADIUSCallbackNumber msRASSavedCallbackNumber msSFU30CryptMethod msSFU30NSMAPFieldPosition msSFU30Name
msSFU30NisDomain mscopeId nisMapEntry nisMapName =IA5String:s:..1024 loginShell =IA5String:s:..10240 gecos
=IA5String:s:..2048 unixHomeDirectory =IA5String:s:1..256 displayNamePrintable =Integer:: dnsNotifySecondaries
dnsSecureSecondaries localeID mSMQNt4Stub machineArchitecture meetingBandwidth msDS-Integer msDS-PortLDAP msDS-PortSSL
msDS-ReplAuthenticationMode msWMI-IntValidValues preferredDeliveryMethod rpcNsPriority schemaVersion =Integer:s:
USNIntersite aCSCacheTimeout aCSDSBMDeadTime aCSDSBMPriority aCSDSBMRefresh aCSDirection aCSEventLogLevel
aCSMaxDurationPerFlow aCSMaxNoOfAccountFiles aCSMaxNoOfLogFiles aCSMaxSizeOfRSVPAccountFile aCSMaxSizeOfRSVPLogFile
aCSPriority aCSServiceType aCSTotalNoOfFlows adminCount appSchemaVersion authenticationOptions badPwdCount
bytesPerMinute cost dSUIAdminMaximum dSUIShellMaximum defaultPriority dhcpType driverVersion fRSDSPoll fRSFlags
fRSLevelLimit fRSPartnerAuthLevel fRSReplicaSetType fRSUpdateTimeout flags gPCFunctionalityVersion gPOptions
garbageCollPeriod gidNumber groupAttributes groupType installUiLevel interSiteTopologyFailover interSiteTopologyRenew
ipProtocolNumber ipServicePort ipsecDataType localPolicyFlags localizationDisplayId lockoutThreshold logonCount
mS-DS-ConsistencyChildCount mS-SQL-Build mS-SQL-CharacterSet mS-SQL-UnicodeSortOrder mSMQBasePriority mSMQCost
mSMQInterval1 mSMQInterval2 mSMQJournalQuota mSMQLongLived mSMQNt4Flags mSMQOSType mSMQQueueJournalQuota mSMQQueueQuota
mSMQQuota mSMQServiceType mSMQServices mSMQVersion machineRole meetingMaxParticipants minPwdLength
ms-DS-MachineAccountQuota msDFS-Ttlv2 msDFSR-CachePolicy msDFSR-Flags msDFSR-MaxAgeInCacheInMin
msDFSR-MinDurationCacheInMin msDFSR-Options msDFSR-Options2 msDFSR-Priority msDFSR-ReplicationGroupType msDFSR-RootFence
msDFSR-StagingCleanupTriggerInPercent msDFSR-TombstoneExpiryInMin msDNS-DSRecordAlgorithms msDNS-MaintainTrustAnchor
msDNS-NSEC3HashAlgorithm msDNS-PropagationTime msDS-AllUsersTrustQuota msDS-AzDomainTimeout msDS-AzMajorVersion
msDS-AzMinorVersion msDS-AzOperationID msDS-AzScriptEngineCacheMax msDS-AzScriptTimeout msDS-DefaultQuota
msDS-DeletedObjectLifetime msDS-DeviceObjectVersion msDS-HABSeniorityIndex msDS-LogonTimeSyncInterval
msDS-MaximumRegistrationInactivityPeriod msDS-PasswordSettingsPrecedence msDS-PerUserTrustQuota
msDS-PerUserTrustTombstonesQuota msDS-QuotaAmount msDS-RegistrationQuota msDS-Replication-Notify-First-DSA-Delay
msDS-Replication-Notify-Subsequent-DSA-Delay msDS-ReplicationEpoch msDS-SeniorityIndex msDS-SupportedEncryptionTypes
msDs-MaxValues msKds-PrivateKeyLength msKds-PublicKeyLength msKds-Version msPKI-Certificate-Name-Flag
msPKI-Enrollment-Flag msPKI-Minimal-Key-Size msPKI-OID-Attribute msPKI-Private-Key-Flag msPKI-RA-Signature
msPKI-Template-Minor-Revision msPKI-Template-Schema-Version msRADIUSFramedIPAddress msRADIUSServiceType
msRASSavedFramedIPAddress msSFU30IsValidContainer msSFU30MaxGidNumber msSFU30MaxUidNumber msTSEndpointType
msTSMaxConnectionTime msTSMaxDisconnectionTime msTSMaxIdleTime msTSRemoteControl msWMI-Genus msWMI-IntDefault
msWMI-IntMax msWMI-IntMin msWMI-intFlags1 msWMI-intFlags2 msWMI-intFlags3 msWMI-intFlags4 msiScriptSize
msieee80211-DataType nTMixedDomain nameServiceFlags netbootCurrentClientCount netbootMaxClients nextRid objectCount
objectVersion oncRpcNumber operatorCount options pKIDefaultKeySpec pKIMaxIssuingDepth packageFlags packageType
policyReplicationFlags primaryGroupID printAttributes printEndTime printMaxCopies printMaxResolutionSupported
printMaxXExtent printMaxYExtent printMemory printMinXExtent printMinYExtent printNumberUp printPagesPerMinute printRate
printStartTime priority privilegeAttributes pwdProperties qualityOfService rangeLower rangeUpper remoteSourceType
replInterval replTopologyStayOfExecution revision rid rpcNsEntryFlags sAMAccountType scopeFlags searchFlags
seqNotification serverRole serverState shadowExpire shadowFlag shadowInactive shadowLastChange shadowMax shadowMin
shadowWarning syncAttributes tombstoneLifetime trustAttributes trustDirection trustPosixOffset trustType uASCompat
uidNumber userAccountControl validAccesses versionNumber versionNumberHi versionNumberLo volumeCount =Integer:s:0..0
msDFS-SchemaMinorVersion =Integer:s:0..100 msDS-TombstoneQuotaFactor =Integer:s:0..10000 msDNS-NSEC3Iterations
=Integer:s:0..2 mSMQPrivacyLevel =Integer:s:0..255 msDNS-NSEC3RandomSaltLength msDS-MinimumPasswordLength
=Integer:s:0..2592000 msDNS-DNSKEYRecordSetTTL msDNS-DSRecordSetTTL msDNS-SecureDelegationPollingPeriod
msDNS-SignatureInceptionOffset =Integer:s:0..65535 codePage countryCode msDS-LockoutThreshold msDS-PasswordHistoryLength
pwdHistoryLength =Integer:s:2..2 msDFS-SchemaMajorVersion =Integer:sc: msDS-IsUserCachableAtRodc msDS-QuotaEffective
msDS-QuotaUsed msDS-User-Account-Control-Computed sDRightsEffective =Integer:sc:0..31557600 entryTTL =Integer:sw:
domainIdentifier instanceType linkID mAPIID msDS-Behavior-Version msDS-FailedInteractiveLogonCount
msDS-FailedInteractiveLogonCountAtLastSuccessfulLogon msDS-IntId msDS-ManagedPasswordInterval msDS-NcType
msDS-OptionalFeatureFlags msDS-RequiredDomainBehaviorVersion msDS-RequiredForestBehaviorVersion oMSyntax rIDNextRID
schemaFlagsEx systemFlags =Integer:sw:0..3 objectClassCategory =Integer:sw:65536..65536 msDS-SecondaryKrbTgtNumber
=Integer:swc: msDS-Approx-Immed-Subordinates msDS-KeyVersionNumber primaryGroupToken =LargeInteger::
msWMI-Int8ValidValues =LargeInteger:s: aCSAggregateTokenRatePerUser aCSAllocableRSVPBandwidth
aCSMaxAggregatePeakRatePerUser aCSMaxPeakBandwidth aCSMaxPeakBandwidthPerFlow aCSMaxTokenBucketPerFlow
aCSMaxTokenRatePerFlow aCSMaximumSDUSize aCSMinimumDelayVariation aCSMinimumLatency aCSMinimumPolicedSize
aCSNonReservedMaxSDUSize aCSNonReservedMinPolicedSize aCSNonReservedPeakRate aCSNonReservedTokenSize
aCSNonReservedTxLimit aCSNonReservedTxSize aCSPermissionBits accountExpires badPasswordTime builtinCreationTime
builtinModifiedCount creationTime dhcpFlags dhcpMaxKey dhcpUniqueKey dhcpUpdateTime forceLogoff lSACreationTime
lSAModifiedCount lastBackupRestorationTime lastContentIndexed lastLogoff lastLogon lastLogonTimestamp lastSetTime
lockOutObservationWindow lockoutDuration lockoutTime mS-SQL-Memory mS-SQL-Size mS-SQL-Status
machinePasswordChangeInterval maxPwdAge maxRenewAge maxStorage maxTicketAge minPwdAge minTicketAge modifiedCount
modifiedCountAtLastProm msDFSR-CommonStagingSizeInMb msDFSR-ConflictSizeInMb msDFSR-DeletedSizeInMb
msDFSR-RdcMinFileSizeInKb msDFSR-RootSizeInMb msDFSR-StagingSizeInMb msDS-ApproximateLastLogonTimeStamp
msDS-Cached-Membership-Time-Stamp msDS-ComputerTGTLifetime msDS-GeoCoordinatesAltitude msDS-GeoCoordinatesLatitude
msDS-GeoCoordinatesLongitude msDS-LockoutDuration msDS-LockoutObservationWindow msDS-MaximumPasswordAge
msDS-MinimumPasswordAge msDS-ServiceTGTLifetime msDS-USNLastSyncSuccess msDS-UserTGTLifetime msKds-CreateTime
msKds-UseStartTime msWMI-Int8Default msWMI-Int8Max msWMI-Int8Min pekKeyChangeInterval priorSetTime privilegeValue
proxyLifetime pwdLastSet rIDAvailablePool timeRefresh timeVolChange uSNSource =LargeInteger:sc:
msDS-UserPasswordExpiryTimeComputed =LargeInteger:sw: msDS-ClaimValueType msDS-LastFailedInteractiveLogonTime
msDS-LastSuccessfulInteractiveLogonTime rIDAllocationPool rIDPreviousAllocationPool rIDUsedPool uSNChanged uSNCreated
uSNDSALastObjRemoved uSNLastObjRem =NTSecurityDescriptor:: pKIEnrollmentAccess =NTSecurityDescriptor:s:
msDFS-LinkSecurityDescriptorv2 msDS-GroupMSAMembership =NTSecurityDescriptor:s:0..132096 nTSecurityDescriptor
=NTSecurityDescriptor:s:0..65535 fRSRootSecurity =NTSecurityDescriptor:sw:0..132096
msDS-AllowedToActOnBehalfOfOtherIdentity =NumericString::1..15 x121Address =NumericString::1..16 internationalISDNNumber
=OID:: auxiliaryClass mayContain mustContain possSuperiors =OID:c: structuralObjectClass =OID:s:
transportAddressAttribute =OID:sw: attributeID attributeSyntax governsID rDNAttID subClassOf =OID:w: objectClass
systemAuxiliaryClass systemMayContain systemMustContain systemPossSuperiors =OID:wc: allowedAttributes
allowedAttributesEffective allowedChildClasses allowedChildClassesEffective msDS-Auxiliary-Classes possibleInferiors
=OctetString:: attributeCertificateAttribute authorityRevocationList crossCertificatePair dNSProperty
deltaRevocationList dhcpClasses dhcpOptions dhcpProperties dnsRecord domainWidePolicy eFSPolicy jpegPhoto lDAPIPDenyList
lmPwdHistory mSMQDigestsMig machineWidePolicy marshalledInterface moniker moveTreeState msDNS-DNSKEYRecords
msDNS-SigningKeyDescriptors msDNS-SigningKeys msDS-ByteArray msDS-RegisteredUsers msDS-Site-Affinity msWMI-TargetObject
nTGroupMembers ntPwdHistory photo searchGuide serviceClassInfo supplementalCredentials supportedApplicationContext
teletexTerminalIdentifier userPKCS12 winsockAddresses x500uniqueIdentifier =OctetString::..250000 audio
=OctetString::..32768 userCertificate userSMIMECertificate =OctetString::0..16 upgradeProductCode =OctetString::1..1024
msDS-DevicePhysicalIDs =OctetString::1..10240 msDRM-IdentityCertificate =OctetString::1..128 unixUserPassword
userPassword =OctetString::1..32 telexNumber =OctetString::1..32768 cACertificate =OctetString::1..4096
registeredAddress =OctetString::1..65536 msDS-CloudIssuerPublicCertificates msDS-IssuerCertificates
msDS-IssuerPublicCertificates =OctetString::16..16 controlAccessRights implementedCategories mSMQDigests mSMQSites
msSPP-KMSIds requiredCategories =OctetString:s: assocNTAccount auditingPolicy cRLPartitionedRevocationList
certificateRevocationList currentValue dBCSPwd dSASignature foreignIdentifier groupMembershipSAM ipsecData logonHours
logonWorkstation mS-DS-ConsistencyGuid mSMQEncryptKey mSMQSignCertificates mSMQSignCertificatesMig mSMQSignKey
mSMQSiteID meetingBlob ms-net-ieee-80211-GP-PolicyReserved ms-net-ieee-8023-GP-PolicyReserved msCOM-ObjectId
msDS-Cached-Membership msDS-CloudAnchor msDS-RegisteredOwner msDS-TrustForestTrustInfo msFVE-KeyPackage
msFVE-RecoveryGuid msFVE-VolumeGuid msImaging-PSPIdentifier msImaging-ThumbprintHash msKds-KDFParam msKds-RootKeyData
msKds-SecretAgreementParam msPKIRoamingTimeStamp msSPP-ConfigLicense msSPP-IssuanceLicense msSPP-OnlineLicense
msSPP-PhoneLicense msTAPI-ConferenceBlob msTPM-SrkPubThumbprint msiScript msieee80211-Data pKIExpirationPeriod
pKIKeyUsage pKIOverlapPeriod pKT parentCACertificateChain pekList pendingCACertificates previousCACertificates
priorValue privateKey publicKeyPolicy samDomainUpdates schedule serviceClassID unicodePwd =OctetString:s:..20480
terminalServer =OctetString:s:0..102400 thumbnailPhoto =OctetString:s:0..132096 msDS-ComputerAllowedToAuthenticateTo
msDS-ServiceAllowedToAuthenticateFrom msDS-ServiceAllowedToAuthenticateTo msDS-UserAllowedToAuthenticateFrom
msDS-UserAllowedToAuthenticateTo =OctetString:s:0..16 linkTrackSecret oMTGuid oMTIndxGuid productCode volTableGUID
volTableIdxGUID =OctetString:s:0..2097152 msDFS-TargetListv2 =OctetString:s:0..32767 trustAuthIncoming trustAuthOutgoing
userCert =OctetString:s:0..65536 fRSExtensions msDFSR-Extension =OctetString:s:0..8 serviceInstanceVersion
=OctetString:s:1..32767 thumbnailLogo =OctetString:s:1..32768 addressEntryDisplayTable addressEntryDisplayTableMSDOS
helpData16 helpData32 originalDisplayTable originalDisplayTableMSDOS perMsgDialogDisplayTable perRecipDialogDisplayTable
=OctetString:s:1..4096 addressSyntax =OctetString:s:16..16 attributeSecurityGUID categoryId currMachineId
fRSReplicaSetGUID fRSVersionGUID mSMQOwnerID mSMQQMID mSMQQueueType msDFS-GenerationGUIDv2 msDFS-LinkIdentityGUIDv2
msDFS-NamespaceIdentityGUIDv2 msDFSR-ContentSetGuid msDFSR-ReplicationGroupGuid msDS-DeviceID msSPP-CSVLKSkuId
netbootGUID pKTGuid siteGUID =OctetString:s:2..128 netbootDUID =OctetString:s:32..32 birthLocation currentLocation
=OctetString:s:336..336 msDFSR-Schedule =OctetString:sc: msDS-ManagedPassword =OctetString:sw: invocationId
msDS-ManagedPasswordId msDS-ManagedPasswordPreviousId msDS-RetiredReplNCSignatures msDS-TransformationRulesCompiled
oMObjectClass partialAttributeDeletionList partialAttributeSet prefixMap replPropertyMetaData replUpToDateVector
retiredReplDSASignatures =OctetString:sw:0..128 mSMQUserSid =OctetString:sw:0..64 msDS-ExecuteScriptPassword
=OctetString:sw:16..16 msDS-AzObjectGuid msDS-GenerationId msDS-OptionalFeatureGUID objectGUID schemaIDGUID
=OctetString:swc: parentGUID =OctetString:w: msDs-Schema-Extensions repsFrom repsTo schemaInfo =PresentationAddress:s:
presentationAddress =SID:: sIDHistory =SID:c: tokenGroups tokenGroupsGlobalAndUniversal tokenGroupsNoGCAcceptable
=SID:s: msAuthz-CentralAccessPolicyID securityIdentifier syncWithSID =SID:s:0..28 msDS-QuotaTrustee =SID:sw:
mS-DS-CreatorSID =SID:sw:0..28 objectSid =Teletex:: knowledgeInformation =Teletex::0..256 networkAddress =Teletex:s:
legacyExchangeDN mSMQCSPName mSMQComputerType mSMQSiteName =Teletex:s:0..124 mSMQLabel =Teletex:s:1..32 addressType
=UnicodeString:: aCSIdentityName aCSServerList accountNameHistory additionalTrustedServiceNames adminContextMenu
adminMultiselectPropertyPages adminPropertyPages altSecurityIdentities attributeDisplayNames cAUsages cOMClassID
cOMOtherProgId cOMProgID canUpgradeScript carLicense catalogs certificateTemplates classDisplayName contextMenu
createWizardExt dSUIAdminNotification departmentNumber extraColumns fileExtPriority friendlyNames groupPriority
groupsToIgnore indexedScopes lDAPAdminLimits labeledURI localizedDescription mS-SQL-Applications mS-SQL-Keywords
meetingApplication meetingKeyword meetingLanguage meetingLocation meetingProtocol meetingRating meetingScope meetingURL
mhsORAddress monikerDisplayName msDNS-KeymasterZones msDS-AllowedToDelegateTo msDS-AppliesToResourceTypes
msDS-ExternalKey msDS-ExternalStore msDS-Non-Security-Group-Extra-Classes msDS-Other-Settings msDS-SCPContainer
msDS-SPNSuffixes msDS-Security-Group-Extra-Classes msDS-ServiceAccountDNSDomain msDS-Settings
msPKI-Certificate-Application-Policy msPKI-Certificate-Policy msPKI-Enrollment-Servers msPKI-OID-CPS
msPKI-OID-User-Notice msPKI-OIDLocalizedName msPKI-RA-Application-Policies msPKI-RA-Policies msPKI-Supersede-Templates
msRRASAttribute msRRASVendorAttributeEntry msSFU30KeyAttributes msSFU30ResultAttributes msSFU30SearchAttributes
msTAPI-IpAddress msWMI-NormalizedClass msWMI-StringValidValues msiFileList netbootIntelliMirrorOSes
netbootLocallyInstalledOSes netbootMirrorDataFile netbootNewMachineNamingPolicy netbootSIFFile netbootTools
optionDescription otherIpPhone otherMailbox pKICriticalExtensions pKIDefaultCSPs pKIExtendedKeyUsage portName
printBinNames printMediaReady printMediaSupported printShareName remoteServerName roomNumber rpcNsBindings rpcNsCodeset
rpcNsGroup rpcNsObjectID sPNMappings serviceBindingInformation servicePrincipalName shellContextMenu shellPropertyPages
superScopeDescription uPNSuffixes uid unstructuredAddress url userSharedFolderOther wbemPath =UnicodeString::0..1024
description msDFS-Propertiesv2 otherLoginWorkstations =UnicodeString::0..2048 iconPath msDS-AllowedDNSSuffixes
=UnicodeString::0..32767 msTSLSProperty01 msTSLSProperty02 msTSProperty01 msTSProperty02 =UnicodeString::1..1024
msExchLabeledURI =UnicodeString::1..1123 proxyAddresses =UnicodeString::1..128 businessCategory =UnicodeString::1..255
dnsRoot extensionName =UnicodeString::1..256 buildingName documentIdentifier documentLocation documentPublisher
documentTitle documentVersion drink host keywords organizationalStatus printLanguage printOrientationsSupported
uniqueIdentifier userClass =UnicodeString::1..32768 houseIdentifier =UnicodeString::1..40 postOfficeBox
=UnicodeString::1..4096 postalAddress =UnicodeString::1..512 msDS-SyncServerUrl =UnicodeString::1..64
msDS-FilterContainers o otherFacsimileTelephoneNumber otherHomePhone otherMobile otherPager otherTelephone ou
=UnicodeString::36..36 appliesTo cOMInterfaceID cOMTypelibId categories =UnicodeString:c: msDS-NCReplCursors
msDS-NCReplInboundNeighbors msDS-NCReplOutboundNeighbors msDS-ReplAttributeMetaData msDS-ReplValueMetaData
msDS-ReplValueMetaDataExt msDS-TopQuotaUsage =UnicodeString:s: MSMQ-MulticastAddress aCSPolicyName
aCSRSVPAccountFilesLocation aCSRSVPLogFilesLocation aCSTimeOfDay assetNumber cACertificateDN cAConnect cAWEBURL comment
createDialog creationWizard creator dSHeuristics desktopProfile dhcpIdentification dhcpObjDescription dhcpObjName
driverName enrollmentProviders flatName gPCFileSysPath gPCMachineExtensionNames gPCUserExtensionNames gPCWQLFilter
gPLink homeDirectory homeDrive iPSECNegotiationPolicyAction iPSECNegotiationPolicyType initialAuthIncoming
initialAuthOutgoing ipsecID ipsecName lastUpdateSequence mS-SQL-Alias mS-SQL-AppleTalk mS-SQL-ConnectionURL
mS-SQL-Contact mS-SQL-CreationDate mS-SQL-Database mS-SQL-Description mS-SQL-GPSHeight mS-SQL-GPSLatitude
mS-SQL-GPSLongitude mS-SQL-InformationURL mS-SQL-Language mS-SQL-LastBackupDate mS-SQL-LastDiagnosticDate
mS-SQL-LastUpdatedDate mS-SQL-Location mS-SQL-MultiProtocol mS-SQL-Name mS-SQL-NamedPipe mS-SQL-PublicationURL
mS-SQL-Publisher mS-SQL-RegisteredOwner mS-SQL-SPX mS-SQL-ServiceAccount mS-SQL-SortOrder mS-SQL-TCPIP mS-SQL-Type
mS-SQL-Version mS-SQL-Vines mSMQComputerTypeEx mSMQSiteNameEx mailAddress meetingAdvertiseScope meetingContactInfo
meetingDescription meetingID meetingIP meetingIsEncrypted meetingName meetingOriginator meetingOwner meetingRecurrence
meetingType ms-net-ieee-80211-GP-PolicyData ms-net-ieee-80211-GP-PolicyGUID ms-net-ieee-8023-GP-PolicyData
ms-net-ieee-8023-GP-PolicyGUID msAuthz-EffectiveSecurityPolicy msAuthz-LastEffectiveSecurityPolicy
msAuthz-ProposedSecurityPolicy msAuthz-ResourceCondition msDFSR-DeletedPath msDFSR-Version msDS-AzApplicationData
msDS-AzApplicationVersion msDS-AzGenericData msDS-ClaimPossibleValues msDS-ClaimSource msDS-ClaimSourceType
msDS-TransformationRules msDS-UpdateScript msDS-cloudExtensionAttribute1 msDS-cloudExtensionAttribute10
msDS-cloudExtensionAttribute11 msDS-cloudExtensionAttribute12 msDS-cloudExtensionAttribute13
msDS-cloudExtensionAttribute14 msDS-cloudExtensionAttribute15 msDS-cloudExtensionAttribute16
msDS-cloudExtensionAttribute17 msDS-cloudExtensionAttribute18 msDS-cloudExtensionAttribute19
msDS-cloudExtensionAttribute2 msDS-cloudExtensionAttribute20 msDS-cloudExtensionAttribute3 msDS-cloudExtensionAttribute4
msDS-cloudExtensionAttribute5 msDS-cloudExtensionAttribute6 msDS-cloudExtensionAttribute7 msDS-cloudExtensionAttribute8
msDS-cloudExtensionAttribute9 msFRS-Topology-Pref msFVE-RecoveryPassword msImaging-HashAlgorithm msImaging-PSPString
msKds-KDFAlgorithmID msKds-SecretAgreementAlgorithmID msPKI-Cert-Template-OID msPKI-Site-Name msSFU30FieldSeparator
msSFU30IntraFieldSeparator msSFU30MapFilter msSFU30MasterServerName msSFU30OrderNumber msSFU30SearchContainer
msSPP-CSVLKPid msSPP-ConfirmationId msSPP-InstallationId msTAPI-ProtocolId msTAPI-uid msTPM-OwnerInformation
msTPM-OwnerInformationTemp msTSLicenseVersion msTSManagingLS msWMI-Author msWMI-ChangeDate msWMI-Class
msWMI-ClassDefinition msWMI-CreationDate msWMI-ID msWMI-Mof msWMI-Name msWMI-Parm1 msWMI-Parm2 msWMI-Parm3 msWMI-Parm4
msWMI-PropertyName msWMI-Query msWMI-QueryLanguage msWMI-ScopeGuid msWMI-SourceOrganization msWMI-StringDefault
msWMI-TargetClass msWMI-TargetNameSpace msWMI-TargetPath msWMI-TargetType msiScriptName msiScriptPath msieee80211-ID
netbootInitialization netbootMachineFilePath operatingSystem operatingSystemHotfix operatingSystemServicePack
operatingSystemVersion packageName preferredLanguage printFormName printMACAddress printNetworkAddress printNotify
printOwner printRateUnit printSeparatorFile printSpooling printStatus printerName privilegeDisplayName profilePath
queryFilter queryPoint remoteStorageGUID rpcNsAnnotation rpcNsInterfaceID rpcNsProfileEntry rpcNsTransferSyntax
scriptPath serviceClassName serviceDNSName setupCommand shortServerName signatureAlgorithms superiorDNSRoot uNCName
userSharedFolder =UnicodeString:s:..1024 userPrincipalName =UnicodeString:s:..32768 notes =UnicodeString:s:..64 ipPhone
=UnicodeString:s:0..1024 adminDescription location msDS-DeviceOSType serverName transportDLLName userWorkstations
=UnicodeString:s:0..10240 msDS-SourceObjectDN =UnicodeString:s:0..124 mSMQLabelEx =UnicodeString:s:0..16 employeeID
=UnicodeString:s:0..2048 dNSHostName fRSDirectoryFilter fRSFileFilter fRSRootPath fRSStagingPath fRSWorkingPath
purportedSearch =UnicodeString:s:0..255 msDS-DnsRootAlias msTSLicenseVersion2 msTSLicenseVersion3 msTSLicenseVersion4
msTSManagingLS2 msTSManagingLS3 msTSManagingLS4 =UnicodeString:s:0..256 displayName division mail
msDS-PhoneticDisplayName sAMAccountName =UnicodeString:s:0..32 fRSControlDataCreation fRSControlInboundBacklog
fRSControlOutboundBacklog fRSVersion =UnicodeString:s:0..32766 msDFS-Commentv2 msDFS-LinkPathv2
msDFS-ShortNameLinkPathv2 =UnicodeString:s:0..32767 defaultSecurityDescriptor domainReplica msDFSR-CommonStagingPath
msDFSR-ConflictPath msDFSR-DefaultCompressionExclusionFilter msDFSR-DfsLinkTarget msDFSR-DfsPath msDFSR-DirectoryFilter
msDFSR-FileFilter msDFSR-Keywords msDFSR-OnDemandExclusionDirectoryFilter msDFSR-OnDemandExclusionFileFilter
msDFSR-RootPath msDFSR-StagingPath msTSEndpointData msTSEndpointPlugin msTSHomeDirectory msTSHomeDrive
msTSInitialProgram msTSProfilePath msTSWorkDirectory oEMInformation userParameters =UnicodeString:s:0..40 msDS-AzClassId
=UnicodeString:s:0..4096 msDS-AzLDAPQuery =UnicodeString:s:0..510 msDNS-NSEC3CurrentSalt msDNS-NSEC3UserSalt
=UnicodeString:s:0..512 fRSServiceCommand fRSServiceCommandStatus msDS-AzApplicationName msDS-DeviceOSVersion vendor
=UnicodeString:s:0..64 middleName msDS-AzBizRuleLanguage =UnicodeString:s:0..65536 msDS-AzBizRule
msDS-AzLastImportedBizRulePath msDS-AzScopeName =UnicodeString:s:0..92 mSMQQueueNameExt =UnicodeString:s:1..1024 dmdName
info remoteSource street streetAddress textEncodedORAddress trustPartner =UnicodeString:s:1..128 co l
msExchHouseIdentifier physicalDeliveryOfficeName st title =UnicodeString:s:1..13 helpFileName =UnicodeString:s:1..16
fRSFaultCondition nETBIOSName =UnicodeString:s:1..2048 wWWHomePage =UnicodeString:s:1..255 dc msMQ-Recipient-FormatName
=UnicodeString:s:1..256 adminDisplayName employeeType lDAPDisplayName msExchAssistantName msIIS-FTPDir msIIS-FTPRoot
serviceDNSNameType =UnicodeString:s:1..3 c =UnicodeString:s:1..40 postalCode =UnicodeString:s:1..4096 homePostalAddress
=UnicodeString:s:1..512 employeeNumber =UnicodeString:s:1..6 initials =UnicodeString:s:1..64 applicationName cn company
department facsimileTelephoneNumber generationQualifier givenName homePhone mobile msDS-PhoneticCompanyName
msDS-PhoneticDepartment msDS-PhoneticFirstName msDS-PhoneticLastName pager personalTitle primaryInternationalISDNNumber
primaryTelexNumber sn telephoneNumber =UnicodeString:s:36..36 cOMCLSID cOMTreatAsClassId cOMUniqueLIBID rightsGuid
=UnicodeString:s:5..5 msSPP-CSVLKPartialProductKey =UnicodeString:sc: aNR msDS-PrincipalName msDS-SiteName
=UnicodeString:sw: msDS-DrsFarmID msDS-PromotionSettings replicaSource treeName =UnicodeString:sw:1..255
msDS-LastKnownRDN name =UnicodeString:w:0..2048 msDS-AdditionalDnsHostName =UnicodeString:w:0..256
msDS-AdditionalSamAccountName =UnicodeString:wc: attributeTypes canonicalName dITContentRules extendedAttributeInfo
extendedClassInfo objectClasses`;
