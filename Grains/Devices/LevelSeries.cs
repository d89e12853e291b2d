using OrleansBilling.Core.Usage;

namespace OrleansBilling.Grains.Devices;

/// <summary>One level of a device: of a meter and of one set of dimensions.</summary>
/// <param name="Dimensions">In order of their names, without the one that says what is done.</param>
/// <param name="FromTicks">The level is 0 before; of one that is carried on the smallest number.</param>
/// <param name="ToTicks">The level is not told of from then on; of one that is carried on the largest number.</param>
internal sealed record LevelSeries(
    KeyValuePair<string, string>[] Dimensions, long FromTicks, long ToTicks, LevelHistory History)
{
    /// <summary>Tells series of one meter apart.</summary>
    public (long From, string Dimensions) Key => KeyOf(Dimensions, FromTicks);

    public static (long From, string Dimensions) KeyOf(KeyValuePair<string, string>[] dimensions, long fromTicks) =>
        (fromTicks, string.Concat(dimensions.Select(d => $"{d.Key.Length}:{d.Key}{d.Value.Length}:{d.Value}")));
}
