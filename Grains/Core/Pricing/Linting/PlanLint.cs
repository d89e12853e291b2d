using OrleansBilling.Core.Documents;
using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing.Linting;

/// <summary>Checks a plan as it was written: all that publishing checks, and what is accepted but suspicious.</summary>
public static class PlanLint
{
    /// <summary>Everything found, in the order of the file.</summary>
    /// <param name="utf8">The plan.</param>
    /// <param name="yaml">Whether it is YAML; else JSON.</param>
    /// <param name="meter">Finds a meter; null when meters are not known, so that nothing is said of them.</param>
    public static IReadOnlyList<LintFinding> Check(
        ReadOnlyMemory<byte> utf8, bool yaml, Func<string, MeterDefinition?>? meter)
    {
        var read = yaml
            ? SourceDocument.ReadYaml(utf8, PlanLimits.MaxJsonBytes)
            : SourceDocument.ReadJson(utf8, PlanLimits.MaxJsonBytes);
        if (!read.Ok)
        {
            return [new(read.Error.Error, read.Error.At, IsWarning: false)];
        }

        var source = read.Document;
        var parsed = PlanJson.Parse(source.Json.Span);
        var errors = parsed.Plan is { } plan ? Validate(plan, meter) : parsed.Errors;
        // A plan with errors has no meaning yet that a warning could be about.
        var warnings = parsed.Plan is { } valid && errors.Count == 0 ? PlanWarnings.Of(valid, meter) : [];
        return
        [
            .. errors.Select(error => new LintFinding(error, source.Find(error.Pointer), IsWarning: false))
                .Concat(warnings.Select(warning => new LintFinding(warning, source.Find(warning.Pointer), IsWarning: true)))
                .OrderBy(finding => finding.At.Line).ThenBy(finding => finding.At.Column),
        ];
    }

    private static IEnumerable<ValidationError> Validate(
        PlanDefinition plan, bool metersKnown, Func<string, MeterDefinition?> meter) =>
        PlanValidator.Validate(plan, meter).Where(error => metersKnown || error.Code != "plan.meter_unknown");

    private static List<ValidationError> Validate(PlanDefinition plan, Func<string, MeterDefinition?>? meter) =>
        [.. Validate(plan, meter is not null, meter ?? (_ => null))];
}
