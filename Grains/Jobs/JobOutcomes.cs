using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;

namespace OrleansBilling.Grains.Jobs;

/// <summary>
/// Outcomes of a step in few bytes: a letter for each item, errors of the refused ones by their place.
/// </summary>
/// <param name="Letters">One of c, u, m, r, x, n for each item, see <see cref="Letter"/>.</param>
/// <param name="Errors">By place from 0; null where nothing was refused.</param>
internal sealed record JobOutcomes(string Letters, SortedDictionary<int, CommandError[]>? Errors = null)
{
    /// <summary>How many were refused.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Failed => Errors?.Count ?? 0;

    public static JobOutcomes Of(DeviceOutcome[] outcomes)
    {
        var errors = new SortedDictionary<int, CommandError[]>();
        foreach (var (place, outcome) in outcomes.Index())
        {
            if (!outcome.Succeeded)
            {
                errors[place] = outcome.Errors;
            }
        }
        return new(new([.. outcomes.Select(o => Letter(o.Outcome))]), errors.Count == 0 ? null : errors);
    }

    public DeviceOutcome[] Unpack() =>
    [
        .. Letters.Select((letter, place) =>
            new DeviceOutcome(Outcome(letter), Errors?.GetValueOrDefault(place) ?? [])),
    ];

    private static char Letter(CommandOutcome outcome) => outcome switch
    {
        CommandOutcome.Created => 'c',
        CommandOutcome.Unchanged => 'u',
        CommandOutcome.Updated => 'm',
        CommandOutcome.Rejected => 'r',
        CommandOutcome.Conflict => 'x',
        CommandOutcome.NotFound => 'n',
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No item of a job ends so."),
    };

    private static CommandOutcome Outcome(char letter) => letter switch
    {
        'c' => CommandOutcome.Created,
        'u' => CommandOutcome.Unchanged,
        'm' => CommandOutcome.Updated,
        'r' => CommandOutcome.Rejected,
        'x' => CommandOutcome.Conflict,
        'n' => CommandOutcome.NotFound,
        _ => throw new InvalidDataException($"'{letter}' is no outcome of an item."),
    };
}
