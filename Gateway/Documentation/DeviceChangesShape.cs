using OrleansBilling.Gateway.Api;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>Changes of many devices.</summary>
/// <param name="Changes">At most 1,000.</param>
internal sealed record DeviceChangesShape(DeviceChangeBody[] Changes);
