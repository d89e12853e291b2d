using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;

namespace OrleansBilling.Gateway.Api;

/// <summary>
/// Identifiers that come with a device. Whose they are is decided in their own partitions, so one that is refused leaves the device
/// registered; sending the same again does what is missing.
/// </summary>
internal static class DeviceIdentifying
{
    /// <summary>Identifiers of one device in one request.</summary>
    public const int MaxIdentifiers = 16;

    /// <summary>Why nothing of the request is done; null when it may be.</summary>
    public static CommandResult<T>? Refusal<T>(DeviceBody body) where T : class => body.Identifiers?.Length > MaxIdentifiers
        ? CommandResult.Rejected<T>(new CommandError(
            "device.too_many_identifiers", $"Give at most {MaxIdentifiers} with a device, the others afterwards.", "/identifiers"))
        : null;

    /// <summary>Gives them to a device that is registered.</summary>
    /// <param name="registered">The answer when all are given, with the device as it is then.</param>
    public static async Task<CommandResult<DeviceView>> Identify(
        IDeviceGrain device, IdentifierBody[]? identifiers, CommandResult<DeviceView> registered)
    {
        var (view, outcome) = (registered.Value, registered.Outcome);
        foreach (var (i, identifier) in (identifiers ?? []).Index())
        {
            var given = await device.Identify(identifier.Spec);
            if (!given.Succeeded)
            {
                return given with
                {
                    Errors = Array.ConvertAll(given.Errors, e => e with { Pointer = $"/identifiers/{i}{e.Pointer}" }),
                };
            }
            view = given.Value;
        }
        return new(outcome, view, []);
    }
}
