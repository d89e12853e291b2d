namespace OrleansBilling.Core.ExchangeRates;

/// <summary>What a file of rates says, or why it is none.</summary>
/// <param name="Sheets">In ascending order of their days; empty where there are errors.</param>
/// <param name="UnknownCurrencies">Codes in the file that are no currency of today, such as CYP; their rates are left out.</param>
/// <param name="Errors">Empty when the file was understood.</param>
public sealed record RateFile(IReadOnlyList<RateSheet> Sheets, IReadOnlyList<string> UnknownCurrencies, IReadOnlyList<RateFileError> Errors);

/// <summary>What is wrong with a file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Message">For people.</param>
public sealed record RateFileError(int Line, string Message);
