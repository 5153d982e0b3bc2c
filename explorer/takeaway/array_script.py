"""The parts of a script that trains on arrays, for any loss and any small network."""

from string import Template

HEAD = Template('''\
"""Train a small network with: $title.

Reads data.npz beside this file, writes model.keras, and says how the test part fares.
"""

$imports

HERE = Path(__file__).parent''')

LOSS = Template('''\
@keras.saving.register_keras_serializable("takeaway")
class $name(keras.losses.Loss):
    """$title."""

$init    def call(self, y_true, y_pred):
        """Return the loss of each sample."""
        return $function($passed)$config''')

READ = '''\
def read():
    """Return what the network sees and what it should say, for each part."""
    with np.load(HERE / "data.npz") as data:
        return {part: (data[f"x_{part}"], data[f"y_{part}"]) for part in ("train", "validation", "test")}'''

MAIN = Template('''\
def main():
    """Train, save, load again, and say how the test part fares."""
    parts = read()
    x, y = parts["train"]
    test_x, test_y = parts["test"]

    model = $model
    model.compile(
        optimizer=keras.optimizers.$optimizer,
        loss=$loss,
    )
$random    for epoch in range(EPOCHS):
        $order
        told = model.fit(
            x[order],
            y[order],
            batch_size=BATCH_SIZE,
            shuffle=False,  # the order is ours
            validation_data=parts["validation"],
            validation_batch_size=len(parts["validation"][0]),
            verbose=0,
        ).history
        print(f"epoch {epoch + 1}: loss {told['loss'][0]:.6f}, validation {told['val_loss'][0]:.6f}")

    said = model.predict(test_x, verbose=0)
    model.save(HERE / "model.keras")
    again = keras.saving.load_model(HERE / "model.keras")
    np.testing.assert_allclose(again.predict(test_x, verbose=0), said, rtol=1e-6, atol=1e-6)
    print(f"test part: loss {model.evaluate(test_x, test_y, batch_size=len(test_x), verbose=0):.6f}")''')
