using NodaTime;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of time-of-use windows.</summary>
internal static class TimeOfUseValidator
{
    internal static void Validate(TimeOfUseDefinition timeOfUse, string at, List<ValidationError> errors)
    {
        if (timeOfUse.Windows.Count is 0 or > PlanLimits.MaxWindows)
        {
            errors.Add(new(at + "/windows", "plan.windows_missing", $"Give 1 to {PlanLimits.MaxWindows} windows."));
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < timeOfUse.Windows.Count; i++)
        {
            Validate(timeOfUse.Windows[i], timeOfUse, $"{at}/windows/{i}", names, errors);
        }

        if (timeOfUse.Otherwise is { } otherwise)
        {
            CheckName(otherwise.Name, at + "/otherwise/name", names, errors);
            PriceValidator.Validate(otherwise.Price, at + "/otherwise", errors);
        }
        else if (!WindowCoverage.IsComplete(timeOfUse))
        {
            errors.Add(new(at + "/otherwise", "plan.otherwise_missing",
                "The windows leave times without a price: add 'otherwise' with a price for them."));
        }
    }

    private static void Validate(
        WindowDefinition window,
        TimeOfUseDefinition all,
        string at,
        HashSet<string> names,
        List<ValidationError> errors)
    {
        CheckName(window.Name, at + "/name", names, errors);
        Check.Forbid(window.Weekdays is { Count: 0 }, at + "/weekdays", "plan.window_weekdays_empty",
            "List the weekdays, or leave them out for every day.", errors);
        Check.Forbid(window.From == window.To && window.From != LocalTime.Midnight, at + "/to", "plan.window_empty",
            "The window ends when it begins; a whole day is 00:00 to 24:00.", errors);
        Check.Forbid(window.Holidays is true && all.Holidays.Count == 0, at + "/holidays", "plan.holidays_missing",
            "The window is for holidays, but 'holidays' beside the windows lists none.", errors);
        PriceValidator.Validate(window.Price, at, errors);
    }

    private static void CheckName(string name, string at, HashSet<string> names, List<ValidationError> errors)
    {
        Check.Forbid(!Names.IsName(name), at, "plan.name_invalid", "Give a name of 1 to 200 characters.", errors);
        Check.Forbid(!names.Add(name), at, "plan.window_name_duplicate",
            "Another window has this name; give each its own.", errors);
    }
}
