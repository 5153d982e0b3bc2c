"""The parts of a forecasting script that are the same for every loss, or differ in a few words."""

from string import Template

HEAD = Template('''\
"""Train a small network to foretell a series with: $title.

Reads series.csv beside this file, writes model.keras, and says how the test part fares.
"""

$imports

HERE = Path(__file__).parent''')

LOSS = Template('''\
@keras.saving.register_keras_serializable("takeaway")
class $name(keras.losses.Loss):
    """$title."""

$init    def call(self, y_true, y_pred$context):
        """Return the loss of each sample; all values are normalised."""
        return $function($passed)$config''')

READ = Template('''\
def read():
    """Return the series, and what normalises it: mean and standard deviation of the training part."""
    with open(HERE / "series.csv", newline="", encoding="utf-8") as file:
        _, *rows = csv.reader(file)
    value = np.array([row[1] for row in rows], "float64")
    known = value[: BORDERS[0]]
    $scale
    return value, mean, std''')

SCALE = "mean, std = known.mean(), known.std()"
CONSTANT = "mean, std = known[0], 1.0  # it never changes there"

WINDOWS = '''\
def windows(normal, start, end):
    """Return window, targets and last known value of each sample whose targets lie in normal[start:end]."""
    rows = np.lib.stride_tricks.sliding_window_view(normal[start - WINDOW : end], WINDOW + HORIZON)
    return rows[:, :WINDOW], rows[:, WINDOW:], rows[:, WINDOW - 1 : WINDOW]'''

SCORES = '''\
def scores(said, true, last):
    """Return MAE, RMSE, and the share of moves whose direction is right, in the units of the data."""
    error, moved = said - true, true != last
    right = np.sign(said - last) == np.sign(true - last)
    return np.abs(error).mean(), np.sqrt(np.square(error).mean()), right[moved].mean() if moved.any() else np.nan'''

MAIN = Template('''\
def main():
    """Train, save, load again, and say how the test part fares."""
    value, mean, std = read()
    normal = ((value - mean) / std).astype("float32")
    x, y, last = windows(normal, WINDOW, BORDERS[0])
    seen = windows(normal, *BORDERS)
    kept = windows(normal, BORDERS[1], len(normal))

    model = $model
    model.compile(
        optimizer=keras.optimizers.$optimizer,
        loss=$loss,
    )
$random    for epoch in range(EPOCHS):
        $order
        told = model.fit(
            $train_input,
            y[order],
            batch_size=BATCH_SIZE,
            shuffle=False,  # the order is ours
            validation_data=($validation_input, seen[1]),
            verbose=0,
        ).history
        print(f"epoch {epoch + 1}: loss {told['loss'][0]:.6f}, validation {told['val_loss'][0]:.6f}")

    forecast = model.predict(kept[0], verbose=0)
    model.save(HERE / "model.keras")
    again = keras.saving.load_model(HERE / "model.keras")
    np.testing.assert_allclose(again.predict(kept[0], verbose=0), forecast, rtol=1e-6, atol=1e-6)

    _, true, before = (part.astype("float64") * std + mean for part in kept)
    for name, said in (("this network", forecast * std + mean), ("repeat last", np.repeat(before, HORIZON, axis=1))):
        mae, rmse, direction = scores(said, true, before)
        print(f"{name}: MAE {mae:.6g}, RMSE {rmse:.6g}, directions right {direction:.4f}")''')
