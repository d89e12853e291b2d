using System.Globalization;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>Makes corrections of request bodies.</summary>
internal static class CorrectionReader
{
    /// <summary>The correction; meaningless when errors were added.</summary>
    /// <param name="body">An <see cref="AmendmentBody"/> where something is to change.</param>
    /// <param name="owner">Partition of the device, and what is in front of the position of its events.</param>
    /// <param name="pointer">Where the body is in the request.</param>
    public static CorrectionItem Read(
        CorrectionBody body, string device, string id, string action, int owner, string pointer, List<ProblemError> errors)
    {
        var amended = body as AmendmentBody;
        return new(
            new(
                body.Id, device, EventIdentity.Compose(body.Source, id), action, body.Reason, amended?.Value, amended?.Unit,
                amended?.Dimensions is { } json ? DimensionsValue.Read(json, $"{pointer}/dimensions", errors) : null, amended?.Time),
            body.Position is { } position ? PositionOf(position, owner, $"{pointer}/position", errors) : null, body.SentTime);
    }

    private static long? PositionOf(string text, int owner, string pointer, List<ProblemError> errors)
    {
        if (text.Split(':') is [var p, var at] && int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && partition == owner)
        {
            return position;
        }
        errors.Add(new("json.value", "Give the 'position' that the answer to the event had, or leave it out.", pointer));
        return null;
    }
}
