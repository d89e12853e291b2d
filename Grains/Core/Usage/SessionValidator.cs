using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Usage;

/// <summary>The rules of meters of sessions.</summary>
internal static class SessionValidator
{
    private const int MaxDimensionLength = 64;

    internal static void Validate(MeterDefinition meter, List<ValidationError> errors)
    {
        if (meter.Session is not { } session)
        {
            return;
        }

        Forbid(session.Reports is not (SessionRule.Duration or SessionRule.Delta or SessionRule.Total or SessionRule.Register),
            "/session/reports", "meter.session_reports", "Use 'duration', 'delta', 'total' or 'register'.", errors);
        Forbid(meter.Aggregation != "sum" || meter.IsLevel || meter.Cumulative is not null, "/session", "meter.session_aggregation",
            "What sessions come to is summed: use aggregation 'sum' without 'cumulative', 'carryOver' and 'operation'.", errors);
        Forbid(session.Id.Length is 0 or > MaxDimensionLength, "/session/id", "meter.session_dimension",
            "The name of a dimension has 1 to 64 characters.", errors);
        Forbid(session.Phase.Length is 0 or > MaxDimensionLength || session.Phase == session.Id, "/session/phase", "meter.session_dimension",
            "The name of a dimension has 1 to 64 characters, and is not that of the session.", errors);
        Forbid(session.TimeoutSeconds is < 1, "/session/timeoutSeconds", "meter.session_timeout", "Give 1 second or more, or leave it out.", errors);
        Forbid(session.Reports == SessionRule.Duration && meter.Unit != "s", "/unit", "meter.session_unit",
            "Durations are exact in seconds: use the unit 's'; a charge may price min or h.", errors);
    }

    private static void Forbid(bool wrong, string pointer, string code, string message, List<ValidationError> errors)
    {
        if (wrong)
        {
            errors.Add(new(pointer, code, message));
        }
    }
}
