/**
 * Attributes that no import can write, from the Active Directory schema up to Windows Server 2012 R2 as Microsoft documents it
 * (CC BY 4.0, see NOTICE), taken over on 2026-11-25.
 */
function names(list: string): ReadonlySet<string> {
  return new Set(list.toLowerCase().split(/\s+/));
}

/** Attributes whose schema object has systemOnly = TRUE. */
export const SYSTEM_ONLY =
  names(`attributeID attributeSyntax distinguishedName dMDLocation dNReferenceUpdate domainIdentifier
dSCorePropagationData governsID hasMasterNCs hasPartialReplicaNCs instanceType invocationId isDeleted
isEphemeral isRecycled isSingleValued linkID mAPIID mS-DS-CreatorSID msDS-AdditionalDnsHostName
msDS-AdditionalSamAccountName msDS-AllowedToActOnBehalfOfOtherIdentity msDS-AzObjectGuid msDS-Behavior-Version
msDS-ClaimIsSingleValued msDS-ClaimIsValueSpaceRestricted msDS-ClaimValueType msDS-DeviceLocation msDS-DrsFarmID
msDS-EnabledFeature msDS-Entry-Time-To-Die msDS-ExecuteScriptPassword msDS-FailedInteractiveLogonCount
msDS-FailedInteractiveLogonCountAtLastSuccessfulLogon msDS-GenerationId msDS-HasDomainNCs msDS-hasFullReplicaNCs
msDS-HasInstantiatedNCs msDS-hasMasterNCs msDS-IntId msDS-IsPossibleValuesPresent
msDS-LastFailedInteractiveLogonTime msDS-LastKnownRDN msDS-LastSuccessfulInteractiveLogonTime
msDS-ManagedPasswordId msDS-ManagedPasswordInterval msDS-ManagedPasswordPreviousId msDS-NcType
msDS-OptionalFeatureFlags msDS-OptionalFeatureGUID msDS-PromotionSettings msDS-RequiredDomainBehaviorVersion
msDS-RequiredForestBehaviorVersion msDS-RetiredReplNCSignatures msDS-RevealedUsers msDS-RIDPoolAllocationEnabled
msDs-Schema-Extensions msDS-SecondaryKrbTgtNumber msDS-TransformationRulesCompiled msDS-ValueTypeReference
mSMQUserSid name nCName objectClass objectClassCategory objectGUID objectSid oMObjectClass oMSyntax
partialAttributeDeletionList partialAttributeSet prefixMap proxiedObjectName rDNAttID replicaSource
replPropertyMetaData replUpToDateVector repsFrom repsTo retiredReplDSASignatures rIDAllocationPool
rIDManagerReference rIDNextRID rIDPreviousAllocationPool rIDSetReferences rIDUsedPool schemaFlagsEx schemaIDGUID
schemaInfo subClassOf subRefs systemAuxiliaryClass systemFlags systemMayContain systemMustContain systemOnly
systemPossSuperiors treeName uSNChanged uSNCreated uSNDSALastObjRemoved uSNLastObjRem wellKnownObjects
whenChanged whenCreated`);

/** Attributes that are computed when they are read and never stored. */
export const CONSTRUCTED =
  names(`allowedAttributes allowedAttributesEffective allowedChildClasses allowedChildClassesEffective aNR attributeTypes
canonicalName createTimeStamp dITContentRules entryTTL extendedAttributeInfo extendedClassInfo fromEntry
modifyTimeStamp msDS-Approx-Immed-Subordinates msDS-Auxiliary-Classes msDS-isGC msDS-isRODC
msDS-IsUserCachableAtRodc msDS-KeyVersionNumber msDS-LocalEffectiveDeletionTime msDS-LocalEffectiveRecycleTime
msDS-ManagedPassword msds-memberOfTransitive msds-memberTransitive msDS-NCReplCursors
msDS-NCReplInboundNeighbors msDS-NCReplOutboundNeighbors msDS-parentdistname msDS-PrincipalName
msDS-QuotaEffective msDS-QuotaUsed msDS-ReplAttributeMetaData msDS-ReplValueMetaData msDS-ReplValueMetaDataExt
msDS-ResultantPSO msDS-RevealedList msDS-RevealedListBL msDS-SiteName msDS-TopQuotaUsage
msDS-User-Account-Control-Computed msDS-UserPasswordExpiryTimeComputed objectClasses parentGUID
possibleInferiors primaryGroupToken sDRightsEffective structuralObjectClass subSchemaSubEntry tokenGroups
tokenGroupsGlobalAndUniversal tokenGroupsNoGCAcceptable`);

/** The other side of a link: they change when the forward link (member, manager, ...) is changed. */
export const BACK_LINKS =
  names(`bridgeheadServerListBL directReports frsComputerReferenceBL fRSMemberReferenceBL isPrivilegeHolder
managedObjects masteredBy memberOf msAuthz-MemberRulesInCentralAccessPolicyBL msCOM-PartitionSetLink
msCOM-UserLink msDFSR-ComputerReferenceBL msDFSR-MemberReferenceBL msDS-AssignedAuthNPolicyBL
msDS-AssignedAuthNPolicySiloBL msDS-AuthenticatedToAccountlist msDS-AuthNPolicySiloMembersBL
msDS-ClaimSharesPossibleValuesWithBL msDS-ComputerAuthNPolicyBL msDS-EnabledFeatureBL msDS-HostServiceAccountBL
msDS-IsDomainFor msDS-IsFullReplicaFor msDS-IsPartialReplicaFor msDS-IsPrimaryComputerFor msDS-KrbTgtLinkBl
msDs-masteredBy msDS-MembersForAzRoleBL msDS-MembersOfResourcePropertyListBL msDS-NC-RO-Replica-Locations-BL
msDS-NonMembersBL msDS-ObjectReferenceBL msDS-OIDToGroupLinkBl msDS-OperationsForAzRoleBL
msDS-OperationsForAzTaskBL msDS-PSOApplied msDS-RevealedDSAs msDS-ServiceAuthNPolicyBL msDS-TasksForAzRoleBL
msDS-TasksForAzTaskBL msDS-TDOEgressBL msDS-TDOIngressBL msDS-UserAuthNPolicyBL msDS-ValueTypeReferenceBL
msSFU30PosixMemberOf msTPM-TpmInformationForComputerBL msTSPrimaryDesktopBL msTSSecondaryDesktopBL netbootSCPBL
nonSecurityMemberBL ownerBL queryPolicyBL serverReferenceBL siteObjectBL`);
