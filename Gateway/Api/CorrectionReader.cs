using System.Globalization;
using System.Text.Json;
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
                amended?.Dimensions is { } json ? DimensionsOf(json, $"{pointer}/dimensions", errors) : null, amended?.Time),
            body.Position is { } position ? PositionOf(position, owner, $"{pointer}/position", errors) : null, body.SentTime);
    }

    private static KeyValuePair<string, string>[] DimensionsOf(JsonElement json, string pointer, List<ProblemError> errors)
    {
        var read = new List<KeyValuePair<string, string>>();
        var valid = json.ValueKind == JsonValueKind.Object;
        foreach (var (name, value) in valid ? json.EnumerateObject().Select(p => (p.Name, BodyValue.TextOf(p.Value))) : [])
        {
            valid &= value is { Length: > 0 and <= UsageLimits.MaxDimensionLength } && name.Length is > 0 and <= UsageLimits.MaxDimensionLength
                && !value.Any(char.IsControl) && !name.Any(char.IsControl);
            read.Add(new(name, value ?? ""));
        }
        var dimensions = read.ToArray();
        if (!valid || dimensions.Length > UsageLimits.MaxDimensions || !Dimensions.SortDistinct(dimensions))
        {
            errors.Add(new(
                "usage.dimensions_invalid", "Give an object of at most 16 different dimensions, names and values of 1 to 64 characters.", pointer));
        }
        return dimensions;
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
