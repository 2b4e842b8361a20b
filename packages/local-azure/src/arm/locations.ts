/** The Azure regions that this server knows, with the names that people see. */
const LOCATIONS: Readonly<Record<string, string>> = {
  australiaeast: 'Australia East',
  brazilsouth: 'Brazil South',
  canadacentral: 'Canada Central',
  canadaeast: 'Canada East',
  centralindia: 'Central India',
  centralus: 'Central US',
  eastasia: 'East Asia',
  eastus: 'East US',
  eastus2: 'East US 2',
  francecentral: 'France Central',
  germanywestcentral: 'Germany West Central',
  italynorth: 'Italy North',
  japaneast: 'Japan East',
  japanwest: 'Japan West',
  koreacentral: 'Korea Central',
  northcentralus: 'North Central US',
  northeurope: 'North Europe',
  norwayeast: 'Norway East',
  polandcentral: 'Poland Central',
  qatarcentral: 'Qatar Central',
  southafricanorth: 'South Africa North',
  southcentralus: 'South Central US',
  southeastasia: 'Southeast Asia',
  southindia: 'South India',
  spaincentral: 'Spain Central',
  swedencentral: 'Sweden Central',
  switzerlandnorth: 'Switzerland North',
  switzerlandwest: 'Switzerland West',
  uaenorth: 'UAE North',
  uksouth: 'UK South',
  ukwest: 'UK West',
  westcentralus: 'West Central US',
  westeurope: 'West Europe',
  westus: 'West US',
  westus2: 'West US 2',
  westus3: 'West US 3',
};

/** `East US 2` and `EastUS2` are `eastus2`; `North Central US (Stage)` is `northcentralusstage`. */
export function normaliseLocation(location: string): string {
  return location.toLowerCase().replaceAll(/[^a-z0-9]/gu, '');
}

/** A region, or `global`. */
export function isLocation(location: string): boolean {
  const name = normaliseLocation(location);
  return name === 'global' || Object.hasOwn(LOCATIONS, name);
}

export function displayLocation(location: string): string {
  return LOCATIONS[normaliseLocation(location)] ?? location;
}

/** Name and display name of every region. */
export function allLocations(): readonly (readonly [string, string])[] {
  return Object.entries(LOCATIONS);
}
