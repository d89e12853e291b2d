using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of price schedules.</summary>
internal static class ScheduleValidator
{
    internal static void Validate(ScheduleDefinition schedule, string at, List<ValidationError> errors)
    {
        if (schedule.Entries.Count is 0 or > PlanLimits.MaxScheduleEntries)
        {
            errors.Add(new(at + "/entries", "plan.schedule_empty",
                $"Give 1 to {PlanLimits.MaxScheduleEntries} entries."));
            return;
        }

        var bands = Bands(schedule, at, errors);
        var byBand = schedule.Entries[0].Band is not null;
        for (var i = 0; i < schedule.Entries.Count && errors.Count < PlanValidator.MaxErrors; i++)
        {
            var entry = schedule.Entries[i];
            var pointer = $"{at}/entries/{i}";
            Check.Forbid(i > 0 && entry.From <= schedule.Entries[i - 1].From, pointer + "/from",
                "plan.schedule_not_ascending", "The instant is not after the one before it; sort the entries.", errors);
            CheckPrice(entry, byBand, bands, pointer, errors);
        }

        Check.Forbid(schedule.Until <= schedule.Entries[^1].From, at + "/until", "plan.schedule_until",
            "The end is not after the last entry.", errors);
    }

    private static HashSet<string> Bands(ScheduleDefinition schedule, string at, List<ValidationError> errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Check.Forbid(schedule.Bands.Count > PlanLimits.MaxBands, at + "/bands", "plan.too_many",
            $"At most {PlanLimits.MaxBands} bands are allowed.", errors);
        foreach (var band in schedule.Bands)
        {
            var pointer = $"{at}/bands/{JsonPointer.Escape(band.Name)}";
            Check.Forbid(!Check.Text(band.Name), pointer, "plan.text_invalid",
                $"Give a name of 1 to {PlanLimits.MaxTextLength} characters.", errors);
            Check.Forbid(!names.Add(band.Name), pointer, "plan.schedule_band_duplicate",
                "Another band has this name; give each its own.", errors);
            Check.Price(band.UnitPrice, pointer, errors);
        }

        return names;
    }

    private static void CheckPrice(
        ScheduleEntry entry, bool byBand, HashSet<string> bands, string at, List<ValidationError> errors)
    {
        if ((entry.Band is null) == (entry.Price is null))
        {
            errors.Add(new(at, "plan.schedule_entry_price", "Give either a 'band' or a 'price'."));
        }
        else if ((entry.Band is not null) != byBand)
        {
            errors.Add(new(at, "plan.schedule_mixed", "Use bands in every entry, or prices in every entry."));
        }
        else if (entry.Band is { } band && !bands.Contains(band))
        {
            errors.Add(new(at + "/band", "plan.schedule_band_unknown", "No such band; add its price to 'bands'."));
        }

        Check.Price(entry.Price, at + "/price", errors);
    }
}
