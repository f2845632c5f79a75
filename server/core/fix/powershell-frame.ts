/**
 * What stands in every script before its calls: the functions that the calls name. Nothing of an export stands here, so every script has
 * the same lines, which can be read and signed off once.
 *
 * Set-ADObject and its kin are used for every kind of object: Set-ADUser knows more parameters, but takes only users, and does the same.
 * New-ADOrganizationalUnit would protect what it makes from being removed, and the undo script could not take it back.
 *
 * The cmdlets send every change with the control LDAP_SERVER_PERMISSIVE_MODIFY (MS-ADTS 3.1.1.3.4.1.11): a value to be removed that is not
 * there, and one to be added that is, are passed over in silence. So a script looks at the entry before it changes it. What happens to
 * the entry between the two is not noticed, unlike with a modify file. -Remove comes before -Add in one operation, whichever is named
 * first (documentation of Set-ADObject). `-Replace` is never used.
 *
 * Values go to the cmdlets in arrays of strings or of bytes: what comes out of a pipeline is wrapped, and refused as "Invalid type
 * PSObject". Written for Windows PowerShell 3.0 and newer. No line has a double quote, a backtick or a here-string.
 */
export const SCRIPT_HEAD = lines(String.raw`
#Requires -Version 3.0
#Requires -Modules ActiveDirectory

# Each call at the end changes one entry. What it removes must be there, and what it adds must not be there yet:
# otherwise the entry stays as it is, a warning names it, and the script goes on and exits with 1 in the end.
# -WhatIf looks at all entries and changes none.
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    # The domain controller to change; otherwise one of this computer's domain, whichever is found.
    [string] $Server
)

Set-StrictMode -Version 1.0
$ErrorActionPreference = 'Stop'
$Run = $PSCmdlet
$Changed = 0
$Failed = 0
$Unseen = 0
# Whether a call before may have made the entry that -WhatIf does not find.
$Comes = $false
# All reading and writing is done at one domain controller, so that what is seen is what is changed.
if (-not $Server) {
    $Server = [string] @((Get-ADDomainController -Discover -Writable -Service ADWS).HostName)[0]
}

# What is not printable ASCII stands in base64: text in UTF-8, and bytes.
function Text([string] $Base64) {
    [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Base64))
}

function Bytes([string] $Base64) {
    , [Convert]::FromBase64String($Base64)
}

function Test-Bytes($Values) {
    if ($Values -is [byte[]]) { return $true }
    foreach ($Value in $Values) {
        if ($Value -is [byte[]] -or $Value -is [Security.Principal.SecurityIdentifier]) { return $true }
    }
    $false
}

# The values in a list, as text in the form of LDAP, or all of them as bytes.
function Get-List($Values, [bool] $AsBytes) {
    $List = New-Object System.Collections.ArrayList
    if ($Values -is [byte[]]) { $Values = , $Values }
    foreach ($Value in $Values) {
        if ($null -eq $Value) { continue }
        if ($Value -is [Security.Principal.SecurityIdentifier]) {
            $Sid = New-Object 'byte[]' $Value.BinaryLength
            $Value.GetBinaryForm($Sid, 0)
            $Value = $Sid
        }
        if ($Value -is [bool]) { $Value = ([string] $Value).ToUpperInvariant() }
        if ($Value -is [datetime]) {
            $Time = $Value.ToUniversalTime()
            $Value = $Time.ToString('yyyyMMddHHmmss', [Globalization.CultureInfo]::InvariantCulture) + '.0Z'
        }
        if ($AsBytes -and $Value -isnot [byte[]]) { $Value = [Text.Encoding]::UTF8.GetBytes([string] $Value) }
        if ($AsBytes) { [void] $List.Add([byte[]] $Value) }
        else { [void] $List.Add([string] $Value) }
    }
    , $List
}

# What values are compared by, without regard to capitals: bytes by their hexadecimal digits.
function Get-Form($Value) {
    if ($Value -is [byte[]]) { return [BitConverter]::ToString($Value) }
    $Value
}

function Show-Value($Value) {
    if ($Value -is [byte[]]) { return '{0} bytes' -f $Value.Length }
    $Value -replace '\p{C}', '?'
}

# Puts a list into a hash table for a cmdlet.
function Add-Typed([hashtable] $Table, [string] $Attribute, $List, [bool] $AsBytes) {
    if ($List.Count -eq 0) { return }
    if ($AsBytes) { $Table[$Attribute] = $List.ToArray() }
    else { $Table[$Attribute] = [string[]] $List.ToArray() }
}

function Confirm-Change([string] $Target, [string] $Action) {
    if ($Run.ShouldProcess($Target, $Action)) { return $true }
    if (-not $WhatIfPreference) { throw 'was not confirmed' }
    $false
}

function Invoke-Change([string] $Target, [scriptblock] $Work) {
    try {
        & $Work
        $script:Changed++
    }
    catch {
        if ($WhatIfPreference -and $script:Comes -and $_.Exception.GetType().Name -eq 'ADIdentityNotFoundException') {
            $script:Unseen++
            return
        }
        $script:Failed++
        Write-Warning ('{0}: {1}' -f (Show-Value $Target), $_.Exception.Message)
    }
}

function Set-Entry([string] $Identity, [hashtable] $Remove = @{}, [hashtable] $Add = @{}) {
    Invoke-Change $Identity {
        $Names = @(@($Remove.Keys) + @($Add.Keys) | Sort-Object -Unique)
        $Entry = Get-ADObject -Identity $Identity -Properties $Names -Server $Server
        $Removed = @{}
        $Added = @{}
        foreach ($Name in $Names) {
            $AsBytes = (Test-Bytes $Entry.$Name) -or (Test-Bytes $Remove[$Name]) -or (Test-Bytes $Add[$Name])
            $Held = Get-List $Entry.$Name $AsBytes
            $Old = Get-List $Remove[$Name] $AsBytes
            $New = Get-List $Add[$Name] $AsBytes
            $Forms = New-Object 'System.Collections.Generic.HashSet[string]' ([StringComparer]::OrdinalIgnoreCase)
            foreach ($Value in $Held) { [void] $Forms.Add((Get-Form $Value)) }
            foreach ($Value in $Old) {
                if (-not $Forms.Remove((Get-Form $Value))) { throw ('{0} has no value {1}' -f $Name, (Show-Value $Value)) }
            }
            foreach ($Value in $New) {
                if (-not $Forms.Add((Get-Form $Value))) { throw ('{0} has {1} already' -f $Name, (Show-Value $Value)) }
            }
            Add-Typed $Removed $Name $Old $AsBytes
            Add-Typed $Added $Name $New $AsBytes
        }
        $Change = @{}
        if ($Removed.Count -gt 0) { $Change['Remove'] = $Removed }
        if ($Added.Count -gt 0) { $Change['Add'] = $Added }
        if (Confirm-Change $Identity 'Set-ADObject') {
            Set-ADObject -Identity $Identity -Server $Server -Confirm:$false @Change
        }
    }
}

function New-Entry([string] $Identity, [string] $Type, [string] $Name, [string] $Path, [hashtable] $OtherAttributes = @{}) {
    Invoke-Change $Identity {
        $Attributes = @{}
        foreach ($Attribute in @($OtherAttributes.Keys)) {
            $AsBytes = Test-Bytes $OtherAttributes[$Attribute]
            Add-Typed $Attributes $Attribute (Get-List $OtherAttributes[$Attribute] $AsBytes) $AsBytes
        }
        $More = @{}
        if ($Attributes.Count -gt 0) { $More['OtherAttributes'] = $Attributes }
        if (Confirm-Change $Identity 'New-ADObject') {
            New-ADObject -Type $Type -Name $Name -Path $Path -Server $Server -Confirm:$false @More
        }
        $script:Comes = $true
    }
}

function Rename-Entry([string] $Identity, [string] $NewName) {
    Invoke-Change $Identity {
        $null = Get-ADObject -Identity $Identity -Server $Server
        if (Confirm-Change $Identity 'Rename-ADObject') {
            Rename-ADObject -Identity $Identity -NewName $NewName -Server $Server -Confirm:$false
        }
        $script:Comes = $true
    }
}

function Move-Entry([string] $Identity, [string] $TargetPath) {
    Invoke-Change $Identity {
        $null = Get-ADObject -Identity $Identity -Server $Server
        if (Confirm-Change $Identity 'Move-ADObject') {
            Move-ADObject -Identity $Identity -TargetPath $TargetPath -Server $Server -Confirm:$false
        }
        $script:Comes = $true
    }
}

function Remove-Entry([string] $Identity) {
    Invoke-Change $Identity {
        $null = Get-ADObject -Identity $Identity -Server $Server
        if (Confirm-Change $Identity 'Remove-ADObject') {
            Remove-ADObject -Identity $Identity -Server $Server -Confirm:$false
        }
    }
}
`);

/** What stands in every script behind its calls. */
export const SCRIPT_TAIL = lines(`
if ($WhatIfPreference) {
    '{0} would be changed, {1} would fail' -f $Changed, $Failed
    if ($Unseen -gt 0) { '{0} cannot be looked at before others have been made, renamed or moved' -f $Unseen }
}
else {
    '{0} changed, {1} failed' -f $Changed, $Failed
}
if ($Failed -gt 0) { exit 1 }
`);

function lines(text: string): string {
  return text.slice(1).replaceAll("\n", "\r\n");
}
