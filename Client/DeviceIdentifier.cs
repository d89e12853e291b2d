namespace OrleansBilling.Client;

/// <summary>A name of a device that may belong to another device later.</summary>
/// <param name="Kind">iccid, eid, imsi, msisdn, imei, mac, serial or external.</param>
/// <param name="Value">As the kind is written.</param>
public sealed record DeviceIdentifier(string Kind, string Value);
