using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing.Linting;

/// <summary>Windows that no instant falls into, and lists that nobody reads.</summary>
internal static class WindowWarnings
{
    internal static void Find(TimeOfUseDefinition timeOfUse, string at, List<ValidationError> warnings)
    {
        Check.Forbid(timeOfUse.Holidays.Count > 0 && timeOfUse.Windows.All(window => window.Holidays is null), at + "/holidays",
            "lint.holidays_unused",
            "No window asks for holidays, so the list changes nothing: add \"holidays\": true or false to windows.", warnings);
        if (timeOfUse.Windows.Count > WindowCoverage.MaxWindows)
        {
            // The search for instants would take too long; nothing is said.
            return;
        }

        for (var i = 0; i < timeOfUse.Windows.Count; i++)
        {
            Check.Forbid(!WindowCoverage.IsReached(timeOfUse, i), $"{at}/windows/{i}", "lint.window_never_reached",
                $"No instant falls into '{timeOfUse.Windows[i].Name}': the windows before it take them all. Put narrower windows first.",
                warnings);
        }

        Check.Forbid(timeOfUse.Otherwise is not null && WindowCoverage.IsComplete(timeOfUse), at + "/otherwise",
            "lint.otherwise_never_reached", "The windows hold every instant: remove 'otherwise', or mend the windows.", warnings);
    }
}
