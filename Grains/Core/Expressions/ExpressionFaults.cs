namespace OrleansBilling.Core.Expressions;

/// <summary>The stable codes of <see cref="ExpressionFault"/>. An event with one is kept, and can be amended or rated again.</summary>
public static class ExpressionFaults
{
    /// <summary>The event has no such dimension.</summary>
    public const string DimensionMissing = "expression.dimension_missing";

    /// <summary>A text is no plain decimal.</summary>
    public const string NotANumber = "expression.not_a_number";

    /// <summary>A divisor is 0.</summary>
    public const string DivisionByZero = "expression.division_by_zero";

    /// <summary>A number does not fit a decimal exactly, or a quotient is not below 10^15.</summary>
    public const string Overflow = "expression.overflow";

    /// <summary>What it comes to is no quantity that the meter takes.</summary>
    public const string OutOfRange = "expression.value_out_of_range";

    /// <summary>What it comes to is too long for a dimension.</summary>
    public const string TextTooLong = "expression.text_too_long";

    /// <summary>Whether a reason of a quarantine is one of these.</summary>
    public static bool Holds(string? reason) => reason?.StartsWith("expression.", StringComparison.Ordinal) == true;

    /// <summary>What is wrong and what to do; without a subject what is wrong in general.</summary>
    public static string Describe(string code, string? subject) => code switch
    {
        DimensionMissing =>
            $"The event has no dimension{(subject is null ? " that an expression reads" : $" '{subject}'")}: amend it, or use default().",
        NotANumber => $"{(subject is null ? "A text" : $"'{subject}'")} is read as a number, and is no plain decimal such as -12.5.",
        DivisionByZero => "An expression divides by 0.",
        Overflow => "A number of an expression does not fit 28 digits exactly, or is not below 10^15: round() parts of it.",
        OutOfRange =>
            $"{(subject is null ? "What an expression comes to" : $"{subject}, what the expression comes to,")} is no value of the meter: "
            + "it must be below 10^15 and not below 0.",
        TextTooLong => $"What the expression comes to has more than {ExpressionLimits.MaxTextLength} characters.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No such fault."),
    };
}
