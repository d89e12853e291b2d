using System.Text.Json;

namespace OrleansBilling.Gateway.Api;

/// <summary>Devices to register; each is read by itself, so that a fault in one refuses only that one.</summary>
internal sealed class DeviceBatchBody
{
    /// <summary>An array of <see cref="DeviceBody"/>, at most <see cref="DeviceBatchEndpoint.MaxDevices"/>.</summary>
    public required JsonElement Devices { get; set; }
}
