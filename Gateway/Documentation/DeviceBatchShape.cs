using OrleansBilling.Gateway.Api;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>Devices to register.</summary>
/// <param name="Devices">At most 1,000.</param>
internal sealed record DeviceBatchShape(DeviceBody[] Devices);
