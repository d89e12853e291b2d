using System.Text.Json;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Requests;

/// <summary>Reads dimensions where they are a part of a small request.</summary>
internal static class DimensionsValue
{
    /// <summary>Sorted by name; meaningless when an error was added.</summary>
    public static KeyValuePair<string, string>[] Read(JsonElement json, string pointer, List<ProblemError> errors)
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
}
